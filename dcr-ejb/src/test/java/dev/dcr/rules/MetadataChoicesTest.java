package dev.dcr.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.metadata.Member;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("OpenID Connect RP Metadata Choices 1.0")
class MetadataChoicesTest {
    private static final Trial OIDC = Trial.under(Profile.OIDC);

    private static String client(String members) {
        return "{'redirect_uris': ['https://client.example/cb'], 'jwks_uri': 'https://client.example/jwks', %s}"
                .formatted(members);
    }

    static Stream<Member> choices() {
        return Member.all().stream().filter(member -> member.chooses().isPresent());
    }

    @ParameterizedTest
    @MethodSource("choices")
    @DisplayName("§2: each list chooses for a member that is known")
    @Tag("CHOICES-2-members")
    void choosesForAKnownMember(Member choice) {
        assertThat(Member.named(choice.chooses().orElseThrow())).isPresent();
    }

    @Test
    @DisplayName("§2: the first choice that is supported is registered, the list is not")
    @Tag("RFC7591-3.2.1-replace")
    @Tag("CHOICES-2-input")
    void picksTheFirst() {
        var request = client("'id_token_signing_alg_values_supported': ['XS256', 'ES256', 'PS256']");
        assertThat(OIDC.faults(request)).isEmpty();
        assertThat(OIDC.registered(request).string("id_token_signed_response_alg"))
                .contains("ES256");
        assertThat(OIDC.registered(request).has("id_token_signing_alg_values_supported"))
                .isFalse();
    }

    @Test
    @DisplayName("§2: the preferred value is registered if it is supported")
    @Tag("CHOICES-2-preferred")
    void prefersTheSingleValue() {
        var request = client("'subject_types_supported': ['pairwise', 'public'], 'subject_type': 'public'");
        assertThat(OIDC.faults(request)).isEmpty();
        assertThat(OIDC.registered(request).string("subject_type")).contains("public");
    }

    @Test
    @DisplayName("§3: a preferred value that is not supported gives way to another choice")
    @Tag("CHOICES-3-supported")
    void passesOverWhatIsNotSupported() {
        var request = client(
                "'token_endpoint_auth_methods_supported': ['client_secret_basic', 'private_key_jwt'],"
                        + " 'token_endpoint_auth_method': 'client_secret_basic',"
                        + " 'id_token_signing_alg_values_supported': ['RS256', 'PS256'], 'id_token_signed_response_alg': 'RS256'");
        var fapi = Trial.under(Profile.FAPI);
        assertThat(fapi.faults(request)).isEmpty();
        assertThat(fapi.registered(request).authMethod()).contains("private_key_jwt");
        assertThat(fapi.registered(request).string("id_token_signed_response_alg"))
                .contains("PS256");
    }

    @Test
    @DisplayName("§2: the preferred value MUST be in the list")
    @Tag("CHOICES-2-preferred")
    void preferredValueOutsideTheList() {
        assertThat(OIDC.faults(client("'subject_types_supported': ['pairwise'], 'subject_type': 'public'")))
                .containsExactly("subject_type not_a_choice");
    }

    @Test
    @DisplayName("§3: no choice is supported")
    @Tag("CHOICES-3-none")
    void noneSupported() {
        assertThat(OIDC.faults(client("'userinfo_signing_alg_values_supported': ['XS256']")))
                .containsExactly("userinfo_signing_alg_values_supported unsupported");
        assertThat(OIDC.faults(client("'token_endpoint_auth_methods_supported': ['magic']")))
                .containsExactly("token_endpoint_auth_methods_supported unsupported");
    }
}
