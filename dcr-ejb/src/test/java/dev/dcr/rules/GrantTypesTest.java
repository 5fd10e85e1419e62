package dev.dcr.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dcr.error.Violation;
import dev.dcr.error.Violation.Kind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTypesTest {
    private static final Trial OAUTH = Trial.under(Profile.OAUTH);
    private static final String REDIRECT = "'redirect_uris': ['https://client.example/cb']";

    private static String client(String grants, String responses) {
        return "{%s, 'grant_types': [%s], 'response_types': [%s]}".formatted(REDIRECT, grants, responses);
    }

    @ParameterizedTest
    @DisplayName("RFC 7591 §2.1 and OIDC Registration §2: grants and response types that agree")
    @CsvSource(
            delimiter = '|',
            value = {
                "'authorization_code' | 'code'",
                "'authorization_code', 'refresh_token' | 'code'",
                "'implicit' | 'token'",
                "'implicit' | 'id_token'",
                "'implicit' | 'id_token token'",
                "'implicit' | 'token id_token'",
                "'authorization_code', 'implicit' | 'code id_token'",
                "'authorization_code', 'implicit' | 'id_token token code'",
                "'authorization_code', 'implicit' | 'code', 'token'",
                "'authorization_code', 'urn:ietf:params:oauth:grant-type:token-exchange' | 'code'",
                "'authorization_code' | 'code', 'none'"
            },
            quoteCharacter = '"')
    @Tag("RFC7591-2.1-consistent")
    @Tag("RFC7591-5-separate")
    @Tag("RFC9700-2.1.2-implicit")
    void agree(String grants, String responses) {
        assertThat(OAUTH.faults(client(grants, responses))).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("RFC 7591 §2.1: grants and response types that do not agree, in both directions")
    @CsvSource(
            delimiter = '|',
            value = {
                "'implicit' | 'code' | response_types[0] needs_authorization_code",
                "'authorization_code' | 'token' | response_types[0] needs_implicit",
                "'authorization_code' | 'code', 'code id_token' | response_types[1] needs_implicit",
                "'authorization_code' | 'token' | response_types needs_code",
                "'authorization_code', 'implicit' | 'code' | response_types needs_token",
                "'client_credentials' | 'code' | response_types[0] needs_authorization_code"
            },
            quoteCharacter = '"')
    @Tag("RFC7591-2.1-consistent")
    @Tag("OIDCR-2-grant_types")
    void disagree(String grants, String responses, String fault) {
        assertThat(OAUTH.faults(client(grants, responses))).contains(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'foo'", "'code code'", "'none code'", "' code'", "'code '", "'CODE'"})
    @DisplayName("RFC 6749 §3.1.1: unknown response types")
    @Tag("RFC7591-2-response_types")
    void unknownResponseTypes(String type) {
        assertThat(OAUTH.faults(client("'authorization_code'", "'code', " + type)))
                .contains("response_types[1] unknown_response_type");
    }

    @Test
    @DisplayName("RFC 6749 §4.5: an extension grant is an absolute URI")
    @Tag("RFC7591-2-grant_types")
    void unknownGrantTypes() {
        assertThat(OAUTH.faults(client("'authorization_code', 'magic', 'https://grants.example/x'", "'code'")))
                .containsExactly("grant_types[1] unknown_grant_type");
    }

    @Test
    @DisplayName("RFC 7591 §2: a client with redirection needs redirect_uris")
    @Tag("RFC7591-2-redirect_uris")
    @Tag("RFC7591-5-redirect_uris")
    @Tag("OIDCR-2-redirect_uris")
    @Tag("RFC9126-2.4-unregistered")
    @Tag("FAPI1BASE-5.2.2-8-registered")
    void redirectUrisAreNeeded() {
        assertThat(OAUTH.violations("{}"))
                .extracting(Violation::field, Violation::code, Violation::kind)
                .containsExactly(tuple("redirect_uris", "required", Kind.INVALID_REDIRECT_URI));
        assertThat(OAUTH.faults("{'redirect_uris': []}")).containsExactly("redirect_uris required");
        assertThat(OAUTH.faults("{'grant_types': ['implicit'], 'response_types': ['token']}"))
                .containsExactly("redirect_uris required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_credentials",
                "password",
                "urn:ietf:params:oauth:grant-type:device_code",
                "urn:ietf:params:oauth:grant-type:jwt-bearer"
            })
    @DisplayName("RFC 7591 §2: a client without redirection needs none")
    @Tag("OIDCR-2-redirect_uris")
    void redirectUrisAreNotNeeded(String grant) {
        assertThat(OAUTH.faults("{'grant_types': ['" + grant + "']}")).isEmpty();
        assertThat(OAUTH.faults("{'grant_types': ['" + grant + "'], 'response_types': []}"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    @DisplayName("code id_token does without the implicit grant in FAPI and open banking, and nowhere else")
    @Tag("OIDCR-2-grant_types")
    void hybridWithoutImplicit(Profile profile) {
        var faults = Trial.under(profile).faults(client("'authorization_code'", "'code id_token'"));
        if (profile == Profile.FAPI || profile.isOpenBanking()) {
            assertThat(faults).doesNotContain("response_types[0] needs_implicit");
        } else {
            assertThat(faults).containsExactly("response_types[0] needs_implicit");
        }
    }
}
