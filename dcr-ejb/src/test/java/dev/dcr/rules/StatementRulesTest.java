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

class StatementRulesTest {
    private static final Trial OAUTH = Trial.under(Profile.OAUTH);

    @ParameterizedTest
    @ValueSource(strings = {"redirect_uris", "software_redirect_uris"})
    @DisplayName("RFC 7591 §2.3: redirection URIs are those of the statement, or some of them")
    @Tag("RFC7591-2.3-subset")
    void redirectUrisAreASubset(String claim) {
        var trial =
                OAUTH.stating("{'iss': 'x', '%s': ['https://a.example/1', 'https://a.example/2']}".formatted(claim));
        assertThat(trial.faults("{'redirect_uris': ['https://a.example/2']}")).isEmpty();
        assertThat(trial.faults(
                        "{'redirect_uris': ['https://a.example/2', 'https://a.example/3', 'https://a.example/2/']}"))
                .containsExactly("redirect_uris[1] not_in_statement", "redirect_uris[2] not_in_statement");
    }

    @Test
    void aStatementWithoutRedirectUrisBindsNone() {
        assertThat(OAUTH.stating("{'iss': 'x'}").faults("{'redirect_uris': ['https://a.example/2']}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_id",
                "client_secret",
                "client_id_issued_at",
                "client_secret_expires_at",
                "registration_access_token",
                "registration_client_uri"
            })
    @DisplayName("RFC 7591 §3.2.1: a statement cannot set what the server sets")
    @Tag("RFC7591-3.2.2-invalid_software_statement")
    void serverOwnedClaims(String claim) {
        assertThat(OAUTH.stating("{'iss': 'x', '%s': 'y'}".formatted(claim))
                        .violations("{'redirect_uris': ['https://a.example/2']}"))
                .extracting(Violation::kind, Violation::field, Violation::code)
                .containsExactly(tuple(Kind.INVALID_SOFTWARE_STATEMENT, "software_statement." + claim, "server_owned"));
    }

    @Test
    @DisplayName("RFC 7591 §2.3: what a statement says of the software takes precedence over what the request says")
    @Tag("RFC7591-2.3-software_id")
    void softwareId() {
        assertThat(OAUTH.stating("{'iss': 'x', 'software_id': 'one'}")
                        .faults("{'redirect_uris': ['https://a.example/2'], 'software_id': 'two'}"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN_BANKING_UK", "OPEN_FINANCE_BRAZIL", "CDR_AU"})
    @DisplayName("OBIE DCR 3.3: the software_id of a request MUST be that of its statement")
    void softwareIdInOpenBanking(Profile profile) {
        var trial = Trial.under(profile).stating("{'iss': 'x', 'software_id': 'one'}");
        var refusal = "software_id not_in_statement";
        assertThat(trial.faults("{'redirect_uris': ['https://a.example/2'], 'software_id': 'one'}"))
                .doesNotContain(refusal);
        assertThat(trial.faults("{'redirect_uris': ['https://a.example/2'], 'software_id': 'two'}"))
                .contains(refusal);
    }

    @ParameterizedTest
    @CsvSource({"openid, true", "accounts openid, true", "openid payments, false", "accountsx, false"})
    @DisplayName("RFC 7591 §2.3: the scope stays within that of the statement")
    @Tag("RFC7591-2.3-subset")
    void scope(String scope, boolean accepted) {
        var faults = OAUTH.stating("{'iss': 'x', 'scope': 'openid accounts'}")
                .faults("{'redirect_uris': ['https://a.example/2'], 'scope': '%s'}".formatted(scope));
        if (accepted) assertThat(faults).isEmpty();
        else assertThat(faults).containsExactly("scope not_in_statement");
    }

    @Test
    void anEmptyScopeOfTheStatementBindsNone() {
        assertThat(OAUTH.stating("{'iss': 'x', 'scope': ''}")
                        .faults("{'redirect_uris': ['https://a.example/2'], 'scope': 'openid'}"))
                .isEmpty();
    }
}
