package dev.dcr.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.access.AccessConfig.Registration;
import dev.dcr.rules.Profile;
import dev.dcr.rules.RuleConfig.Param;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PresetsTest {
    private static final String UK = """
            [dcr]
            profile = "open-banking-uk"
            [[dcr.software_statement.issuers]]
            iss = "OpenBanking Ltd"
            jwks_uri = "https://directory.example/keys.jwks"
            """;

    @ParameterizedTest
    @EnumSource
    void everyProfileHasOne(Profile profile) {
        var settings = Configured.by(UK)
                .with(Map.of("DCR_PROFILE", profile.configured()))
                .load();
        assertThat(settings.rules().profile()).isEqualTo(profile);
    }

    @Test
    void fapiEnforcesItsRules() {
        assertThat(Configured.by("[dcr]\nprofile = 'fapi'").load().rules().fapiEnforcement())
                .isTrue();
    }

    @Test
    void openBankingAsksForAStatementAndASignedRequest() {
        var settings = Configured.by(UK).load();
        assertThat(settings.access().registration()).isEqualTo(Registration.SOFTWARE_STATEMENT);
        assertThat(settings.requestJwt().required()).isTrue();
        assertThat(settings.rules()
                        .param("token_endpoint_auth_method")
                        .orElseThrow()
                        .allowedValues())
                .containsExactlyInAnyOrder("private_key_jwt", "tls_client_auth");
    }

    @Test
    void aKeyOfTheFileWins() {
        var settings = Configured.by(UK + "[dcr.request_jwt]\nrequired = false").load();
        assertThat(settings.requestJwt().required()).isFalse();
        assertThat(settings.access().registration()).isEqualTo(Registration.SOFTWARE_STATEMENT);
    }

    @Test
    void aKeyOfTheEnvironmentWins() {
        var settings = Configured.by(UK)
                .with(Map.of("DCR_REQUEST_JWT_REQUIRED", "false"))
                .load();
        assertThat(settings.requestJwt().required()).isFalse();
    }

    @Test
    void aListOfTablesInTheFileReplacesItsOwn() {
        var params = "[[financial_services.app_registration.dcr.params]]\nkey = 'scope'";
        assertThat(Configured.by(UK + params).load().rules().params())
                .extracting(Param::key)
                .containsExactly("scope");
    }
}
