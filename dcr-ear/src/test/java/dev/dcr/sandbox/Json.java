package dev.dcr.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.util.Map;

/** JSON in and out, with factories that are looked up once: each look-up searches the class path. */
final class Json {
    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final JsonReaderFactory READERS = PROVIDER.createReaderFactory(Map.of());

    private Json() {}

    /**
     * Reads an object.
     *
     * @throws jakarta.json.JsonException if these bytes are none
     */
    static JsonObject object(byte[] bytes) {
        try (var reader = READERS.createReader(new ByteArrayInputStream(bytes), UTF_8)) {
            return reader.readObject();
        }
    }

    /** Writes maps, collections, text, numbers, booleans and JSON values, nested at will. */
    static JsonObject object(Map<String, ?> members) {
        return PROVIDER.createObjectBuilder(members).build();
    }

    /** The first object with the members of the second, which win. */
    static JsonObject overlay(JsonObject base, JsonObject over) {
        return PROVIDER.createObjectBuilder(base)
                .addAll(PROVIDER.createObjectBuilder(over))
                .build();
    }

    /** RFC 7396: as {@link #overlay}, but objects are merged member by member and {@code null} removes. */
    static JsonObject patch(JsonObject base, JsonObject changes) {
        return PROVIDER.createMergePatch(changes).apply(base).asJsonObject();
    }

    /** Text as a JSON string, which is a TOML basic string too. */
    static String quoted(String text) {
        return PROVIDER.createValue(text).toString();
    }
}
