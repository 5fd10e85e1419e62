package dev.dcr.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Where registrations are kept ({@code dcr.database}).
 *
 * @param url            a JDBC URL of H2 or PostgreSQL
 * @param poolMax        connections at one time
 * @param connectTimeout longest wait for a new connection
 * @param readTimeout    longest silence of the database after a statement
 */
public record DatabaseConfig(
        String url, String username, String password, int poolMax, Duration connectTimeout, Duration readTimeout) {
    private static final ValueType<String> JDBC_URL = ValueType.ofText("JDBC URL", DatabaseConfig::jdbcUrl);
    private static final ValueType<Duration> TIMEOUT = ValueType.seconds(1, 3600);

    private static final String H2_FILE = "jdbc:h2:file:";
    private static final String EMBEDDED = H2_FILE + "./data/dcr";

    /** Reads {@code dcr.database}. */
    public static DatabaseConfig from(ConfigReader config) {
        var database = config.table("dcr.database");
        return new DatabaseConfig(
                database.value("url", JDBC_URL, EMBEDDED, "JDBC URL of an H2 or PostgreSQL database."),
                database.value("username", ValueType.TEXT, "", "User of the database."),
                database.secret("password", "Password of that user.").orElse(""),
                database.value("pool_max", ValueType.number(1, 1000), 20, "Connections at one time."),
                database.value(
                        "connect_timeout",
                        TIMEOUT,
                        Duration.ofSeconds(5),
                        "How long connecting to PostgreSQL may take."),
                database.value(
                        "read_timeout",
                        TIMEOUT,
                        Duration.ofSeconds(10),
                        "How long PostgreSQL may be silent before its connection is given up."));
    }

    /**
     * Whether a database of this product may be the one meant. On a WildFly whose operator set the data source up, the
     * URL here does not lead anywhere; what it names must at least not be something else.
     *
     * @param product the name that the JDBC driver gives
     */
    public boolean isServedBy(String product) {
        return url.equals(EMBEDDED) || url.startsWith("jdbc:" + product.toLowerCase(Locale.ROOT) + ":");
    }

    /** The folder of an embedded database in a file; nothing where the database is another. */
    public Optional<Path> folder() {
        if (!url.startsWith(H2_FILE)) return Optional.empty();
        var home = Matcher.quoteReplacement(System.getProperty("user.home"));
        var file = url.substring(H2_FILE.length()).split(";", 2)[0].replaceFirst("^~(?=/)", home);
        return Optional.of(Path.of(file).toAbsolutePath().getParent());
    }

    private static String jdbcUrl(String url) {
        if (url.startsWith("jdbc:h2:") || url.startsWith("jdbc:postgresql:")) return url;
        throw new IllegalArgumentException("must start with jdbc:h2: or jdbc:postgresql:");
    }
}
