package dev.dcr.it;

import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a registration endpoint answered. */
public record RegistrationReply(int status, HttpHeaders headers, String body) {
    private static final JsonReaderFactory READERS = JsonProvider.provider().createReaderFactory(Map.of());

    /**
     * The body as JSON.
     *
     * @throws jakarta.json.JsonException if it is no JSON object
     */
    public JsonObject json() {
        try (var reader = READERS.createReader(new StringReader(body))) {
            return reader.readObject();
        }
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    public String clientId() {
        return json().getString("client_id");
    }

    public String registrationAccessToken() {
        return json().getString("registration_access_token");
    }

    /** {@code error} of RFC 7591 §3.2.2 and RFC 6750 §3.1. */
    public String error() {
        return json().getString("error");
    }

    /** The {@code field} of each violation that the reply lists. */
    public List<String> violatedFields() {
        return json().getJsonArray("violations").getValuesAs(JsonObject.class).stream()
                .map(violation -> violation.getString("field"))
                .toList();
    }
}
