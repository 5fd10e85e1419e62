package dev.dcr.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.config.HttpConfig;
import dev.dcr.json.StrictJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    @Test
    void namesThePublicAddress() {
        assertThat(serverUrl(Optional.of(URI.create("https://dcr.example")), "/v3"))
                .isEqualTo("https://dcr.example/v3");
        assertThat(serverUrl(Optional.empty(), "/v3")).isEqualTo("/v3");
        assertThat(serverUrl(Optional.empty(), "")).isEqualTo("/");
    }

    @Test
    void describesEveryOperation() {
        var paths = described(Optional.empty(), "").getJsonObject("paths");
        assertThat(paths.getJsonObject("/register")).containsKey("post");
        assertThat(paths.getJsonObject("/register/{client_id}")).containsKeys("get", "put", "delete");
        assertThat(paths.getJsonObject("/admin/initial-access-tokens")).containsKey("post");
        assertThat(paths.getJsonObject("/admin/audit")).containsKey("get");
        assertThat(paths.getJsonObject("/admin/audit/verification")).containsKey("post");
        assertThat(paths.getJsonObject("/admin/client-secrets/re-encryption")).containsKey("post");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var document = described(Optional.empty(), "");
        assertThat(references(document))
                .isNotEmpty()
                .allSatisfy(reference ->
                        assertThat(document.getValue(reference.substring(1))).isNotNull());
    }

    private static String serverUrl(Optional<URI> publicBaseUrl, String basePath) {
        return described(publicBaseUrl, basePath)
                .getJsonArray("servers")
                .getJsonObject(0)
                .getString("url");
    }

    private static JsonObject described(Optional<URI> publicBaseUrl, String basePath) {
        var api = new OpenApi();
        api.config = new HttpConfig(publicBaseUrl, basePath, List.of(), Optional.empty(), 262144, 256, Set.of());
        api.fillIn();
        try (var reply = api.describe()) {
            assertThat(reply.getMediaType()).hasToString("application/json");
            return StrictJson.object((byte[]) reply.getEntity());
        }
    }

    private static Stream<String> references(JsonValue value) {
        if (value instanceof JsonArray array) return array.stream().flatMap(OpenApiTest::references);
        if (!(value instanceof JsonObject object)) return Stream.empty();
        var here = object.get("$ref") instanceof JsonString reference
                ? Stream.of(reference.getString())
                : Stream.<String>empty();
        return Stream.concat(here, object.values().stream().flatMap(OpenApiTest::references));
    }
}
