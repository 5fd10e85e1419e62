package dev.dcr.startup;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What migrations leave open because PostgreSQL and H2 say it differently. */
enum Dialect {
    H2("H2", Map.of("json", "json", "concurrently", "")),
    POSTGRESQL("PostgreSQL", Map.of("json", "jsonb", "concurrently", "concurrently"));

    private final String product;
    private final Map<String, String> placeholders;

    Dialect(String product, Map<String, String> placeholders) {
        this.product = product;
        this.placeholders = placeholders;
    }

    /** @param product the name that the JDBC driver gives */
    static Optional<Dialect> of(String product) {
        return Stream.of(values())
                .filter(dialect -> dialect.product.equals(product))
                .findFirst();
    }

    Map<String, String> placeholders() {
        return placeholders;
    }
}
