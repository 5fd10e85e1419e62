package dev.dcr.config;

import java.util.Locale;

/**
 * Where registrations are kept ({@code dcr.database}).
 *
 * @param url     a JDBC URL of H2 or PostgreSQL
 * @param poolMax connections at one time
 */
public record DatabaseConfig(String url, String username, String password, int poolMax) {
    private static final ValueType<String> JDBC_URL = ValueType.ofText("JDBC URL", DatabaseConfig::jdbcUrl);

    private static final String EMBEDDED = "jdbc:h2:file:./data/dcr";

    /** Reads {@code dcr.database}. */
    public static DatabaseConfig from(ConfigReader config) {
        var database = config.table("dcr.database");
        return new DatabaseConfig(
                database.value("url", JDBC_URL, EMBEDDED, "JDBC URL of an H2 or PostgreSQL database."),
                database.value("username", ValueType.TEXT, "", "User of the database."),
                database.secret("password", "Password of that user.").orElse(""),
                database.value("pool_max", ValueType.number(1, 1000), 20, "Connections at one time."));
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

    private static String jdbcUrl(String url) {
        if (url.startsWith("jdbc:h2:") || url.startsWith("jdbc:postgresql:")) return url;
        throw new IllegalArgumentException("must start with jdbc:h2: or jdbc:postgresql:");
    }
}
