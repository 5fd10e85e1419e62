package dev.dcr.endpoint;

import dev.dcr.json.StrictJson;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonWriterFactory;
import java.io.ByteArrayOutputStream;
import java.util.Map;

/** JSON objects on their way out. */
final class JsonText {
    static final JsonBuilderFactory JSON = StrictJson.PROVIDER.createBuilderFactory(Map.of());

    private static final JsonWriterFactory WRITERS = StrictJson.PROVIDER.createWriterFactory(Map.of());
    private static final int USUAL_LENGTH = 1024;

    private JsonText() {}

    /** The object in UTF-8. */
    static byte[] print(JsonObject object) {
        var bytes = new ByteArrayOutputStream(USUAL_LENGTH);
        try (var writer = WRITERS.createWriter(bytes)) {
            writer.writeObject(object);
        }
        return bytes.toByteArray();
    }
}
