package dev.dcr.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultsTest {
    private static final Defaults OAUTH = new Defaults(Map.of(), false, (member, value) -> true);

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'redirect_uris': [] | 'grant_types': ['authorization_code'], 'response_types': ['code']",
                "'grant_types': [], 'response_types': [] | 'grant_types': ['authorization_code'], 'response_types': ['code']",
                "'grant_types': ['client_credentials'] | 'grant_types': ['client_credentials']",
                "'grant_types': ['client_credentials'], 'response_types': [] | 'grant_types': ['client_credentials'], 'response_types': []",
                "'grant_types': ['implicit'] | 'grant_types': ['implicit']",
                "'response_types': ['code id_token'] | 'grant_types': ['authorization_code'], 'response_types': ['code id_token']"
            })
    @DisplayName("RFC 7591 §2: grant_types and response_types")
    @Tag("RFC7591-2-grant_types-default")
    @Tag("RFC7591-2-response_types-default")
    @Tag("RFC7592-2.2-null")
    @Tag("OIDCR-2-response_types")
    void flows(String explicit, String completed) {
        var metadata = OAUTH.apply(new ClientMetadata(json("{" + explicit + "}")));
        assertThat(metadata.json()).containsAllEntriesOf(json("{" + completed + "}"));
        assertThat(metadata.has("response_types")).isEqualTo(completed.contains("response_types"));
    }

    @Test
    @DisplayName("RFC 7591 §2: token_endpoint_auth_method")
    @Tag("RFC7591-2-token_endpoint_auth_method-default")
    @Tag("RFC8252-8.4-type")
    void authenticationMethod() {
        assertThat(OAUTH.apply(new ClientMetadata(json("{}"))).authMethod()).contains("client_secret_basic");
        assertThat(OAUTH.apply(new ClientMetadata(json("{'token_endpoint_auth_method': 'none'}")))
                        .authMethod())
                .contains("none");
    }

    @Test
    @DisplayName("OIDC Registration §2: application_type and id_token_signed_response_alg")
    @Tag("RFC7591-3.1-defaults")
    @Tag("OIDCR-2-application_type")
    @Tag("OIDCR-2-id_token_signed_response_alg")
    @Tag("RFC8252-8.4-type")
    void ofOpenId() {
        var defaults = new Defaults(
                Map.of("application_type", "web", "id_token_signed_response_alg", "RS256"),
                false,
                (member, value) -> true);
        var completed = defaults.apply(new ClientMetadata(json("{}")));
        assertThat(completed.applicationType()).contains("web");
        assertThat(completed.string("id_token_signed_response_alg")).contains("RS256");
        assertThat(defaults.apply(new ClientMetadata(json("{'application_type': 'native'}")))
                        .applicationType())
                .contains("native");
    }

    @Test
    @DisplayName("OIDC Registration §2, RFC 7591 §2, JARM §3: what is not asked for is not registered")
    @Tag("RFC7591-2-scope-default")
    @Tag("OIDCR-2-id_token_encrypted_response_alg")
    @Tag("OIDCR-2-userinfo_signed_response_alg")
    @Tag("OIDCR-2-userinfo_encrypted_response_alg")
    @Tag("JARM-3-alg-default")
    void whatHasNoDefaultStaysOut() {
        assertThat(OAUTH.apply(new ClientMetadata(json("{}"))).json())
                .containsOnlyKeys("grant_types", "response_types", "token_endpoint_auth_method");
    }
}
