package dev.dcr.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The key and trust stores of HTTPS. WildFly would look for relative names among its own files, and make itself a
 * certificate where it finds no store: right for a trial, but not for whoever named one.
 */
final class TlsStores {
    private static final List<String> NAMED_BY = List.of("dcr.tls.keystore", "dcr.tls.truststore");

    private TlsStores() {}

    /**
     * Names the stores in a way that WildFly understands.
     *
     * @throws Refusal if one of them is not there
     */
    static void locate() throws Refusal {
        for (var property : NAMED_BY) {
            var named = named(property);
            if (named.isEmpty()) continue;
            var store = Path.of(named.get()).toAbsolutePath();
            if (!Files.isReadable(store))
                throw new Refusal("%s: no readable file %s".formatted(variable(property), store));
            System.setProperty(property, store.toString());
        }
    }

    private static Optional<String> named(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable(property))))
                .filter(name -> !name.isBlank());
    }

    private static String variable(String property) {
        return property.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
