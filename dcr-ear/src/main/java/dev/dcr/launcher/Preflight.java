package dev.dcr.launcher;

import dev.dcr.config.DatabaseConfig;
import dev.dcr.config.DeploymentToml;
import dev.dcr.startup.Settings;
import dev.dcr.tls.TlsConfig.ClientAuth;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads the configuration as the server will, before there is a server. Runs in a class loader of its own, which holds
 * the libraries that this takes and is gone before WildFly brings its own.
 */
public final class Preflight implements Supplier<Map<String, String>> {
    /**
     * What others than the application need of the configuration: the data source and the TLS of the server, whose
     * resources in its model know system properties but no file ({@code dcr.datasource.*}, {@code dcr.tls.*}), and the
     * launcher itself ({@code launcher.*}).
     *
     * @throws dev.dcr.config.ConfigurationRefused if there are mistakes; its message has a line for each
     */
    @Override
    public Map<String, String> get() {
        var config = new SmallRyeConfigBuilder()
                .forClassLoader(Preflight.class.getClassLoader())
                .addSystemSources()
                .withSources(new DeploymentToml())
                .build();
        var settings = Settings.load(config);
        var found = dataSource(settings.database());
        settings.database().folder().ifPresent(folder -> found.put(Configuration.DATA_FOLDER, folder.toString()));
        settings.tls().clientAuth().ifPresent(mode -> found.putAll(handshake(mode)));
        settings.access().adminToken().ifPresent(token -> found.put(Configuration.ADMIN_TOKEN, token));
        return found;
    }

    private static Map<String, String> dataSource(DatabaseConfig database) {
        var found = new LinkedHashMap<String, String>();
        var embedded = database.url().startsWith("jdbc:h2:");
        found.put("dcr.datasource.driver", embedded ? "h2" : "postgresql");
        found.put("dcr.datasource.url", embedded ? durable(database.url()) : database.url());
        found.put("dcr.datasource.pool.max", Integer.toString(database.poolMax()));
        found.put(
                "dcr.datasource.connect.timeout",
                Long.toString(database.connectTimeout().toSeconds()));
        found.put(
                "dcr.datasource.read.timeout",
                Long.toString(database.readTimeout().toSeconds()));
        if (!database.username().isEmpty()) found.put("dcr.datasource.username", database.username());
        if (!database.password().isEmpty()) found.put("dcr.datasource.password", database.password());
        return found;
    }

    private static Map<String, String> handshake(ClientAuth mode) {
        return Map.of(
                "dcr.tls.want.client.auth", Boolean.toString(mode == ClientAuth.WANT),
                "dcr.tls.need.client.auth", Boolean.toString(mode == ClientAuth.NEED));
    }

    /**
     * By itself H2 writes half a second after the commit, closes while the last requests are under way, and fills the disk
     * beside its file with a trace of errors that the log tells too.
     */
    private static String durable(String url) {
        return with("TRACE_LEVEL_FILE", "0", with("DB_CLOSE_ON_EXIT", "FALSE", with("WRITE_DELAY", "0", url)));
    }

    private static String with(String option, String value, String url) {
        if (url.toUpperCase(Locale.ROOT).contains(";" + option + "=")) return url;
        return url + ";" + option + "=" + value;
    }
}
