package dev.dcr.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.json.StrictJson;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Switches of a client. */
class BooleansTest {
    private static final MetadataReader READER = new MetadataReader(UnknownMetadata.IGNORE, Set.of());
    private static final Defaults DEFAULTS =
            new Defaults(Map.of("application_type", "web"), false, (member, value) -> true);

    static Stream<String> booleans() {
        return List.of(
                "require_auth_time",
                "frontchannel_logout_session_required",
                "backchannel_logout_session_required",
                "tls_client_certificate_bound_access_tokens",
                "dpop_bound_access_tokens",
                "require_pushed_authorization_requests",
                "require_signed_request_object",
                "backchannel_user_code_parameter")
                .stream();
    }

    private static MetadataReader.Read read(String member, JsonValue value) {
        return READER.read(
                StrictJson.PROVIDER.createObjectBuilder().add(member, value).build());
    }

    @ParameterizedTest
    @MethodSource("booleans")
    @DisplayName(
            "OIDC Registration §2, RFC 8705 §3.4, RFC 9449 §5.2, RFC 9126 §6, RFC 9101 §10.5, CIBA §4: false by default")
    @Tag("OIDCR-2-require_auth_time")
    @Tag("FRONTLOGOUT-2-session_required")
    @Tag("BACKLOGOUT-2.2-session_required")
    @Tag("RFC8705-3.4-bound")
    @Tag("RFC9449-5.2-bound")
    @Tag("RFC9126-6-required")
    @Tag("RFC9101-10.5-required")
    @Tag("CIBA-4-user_code")
    void leftOutIsFalse(String member) {
        var left = DEFAULTS.apply(new ClientMetadata(JsonValue.EMPTY_JSON_OBJECT));
        assertThat(left.has(member)).isFalse();
        assertThat(left.is(member)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("booleans")
    @Tag("RFC9700-2.2.1-constrained")
    void isRegistered(String member) {
        assertThat(read(member, JsonValue.TRUE).metadata().is(member)).isTrue();
        assertThat(read(member, JsonValue.FALSE).metadata().has(member)).isTrue();
        assertThat(read(member, StrictJson.PROVIDER.createValue("true")).violations())
                .hasSize(1);
    }
}
