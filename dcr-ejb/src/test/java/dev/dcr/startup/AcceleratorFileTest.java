package dev.dcr.startup;

import static dev.dcr.rules.ValidatorName.ISSUER;
import static dev.dcr.rules.ValidatorName.REDIRECT_URI_FORMAT;
import static dev.dcr.rules.ValidatorName.REDIRECT_URI_MATCH;
import static dev.dcr.rules.ValidatorName.REQUEST_JTI;
import static dev.dcr.rules.ValidatorName.REQUIRED_PARAMS;
import static dev.dcr.rules.ValidatorName.SSA_ISSUER;
import static dev.dcr.rules.ValidatorName.TOKEN_ENDPOINT_AUTH_SIGNING_ALG;
import static dev.dcr.rules.ValidatorName.URI_HOSTNAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.config.ConfigReader;
import dev.dcr.extension.ExtensionConfig.Security;
import dev.dcr.extension.ExtensionPoint;
import dev.dcr.rules.RuleConfig.Validator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A whole file of the accelerator works unchanged. */
class AcceleratorFileTest {
    private static final Configured ACCELERATOR = Configured.by(Path.of("src/test/resources/accelerator.toml"));

    private final Settings settings = ACCELERATOR.load();

    @Test
    void theExtensionEndpointIsRead() {
        var extensions = settings.extensions();
        assertThat(extensions.baseUrl()).contains(URI.create("https://extensions.bank.example/api"));
        assertThat(extensions.allowed()).containsExactlyInAnyOrder(ExtensionPoint.values());
        assertThat(extensions.attempts()).isEqualTo(3);
        assertThat(extensions.connectTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(extensions.readTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(extensions.security()).isEqualTo(new Security.Basic("dcr", "pa$$w${o}rd"));
    }

    @Test
    void enabledValidatorsStandInTheOrderOfTheirPriority() {
        assertThat(settings.rules().validators())
                .extracting(Validator::name)
                .containsExactly(
                        REQUIRED_PARAMS,
                        ISSUER,
                        REDIRECT_URI_FORMAT,
                        REDIRECT_URI_MATCH,
                        URI_HOSTNAME,
                        SSA_ISSUER,
                        REQUEST_JTI,
                        TOKEN_ENDPOINT_AUTH_SIGNING_ALG);
    }

    @Test
    void itsOneKeySetStandsForAnyIssuer() {
        assertThat(settings.statements().issuers()).singleElement().satisfies(issuer -> {
            assertThat(issuer.iss()).isEqualTo("*");
            assertThat(issuer.jwksUri()).contains(URI.create("https://directory.example/keys.jwks"));
            assertThat(issuer.algorithms()).containsExactlyInAnyOrder("PS256", "ES256");
            assertThat(issuer.allowedHosts()).containsExactly("directory.example");
        });
    }

    @Test
    void paramsAreReadWithBooleansInQuotes() {
        var scope = settings.rules().param("scope").orElseThrow();
        assertThat(scope.required()).isTrue();
        assertThat(scope.allowedValues()).containsExactlyInAnyOrder("accounts", "payments", "fundsconfirmations");
        var jti = settings.rules().param("jti").orElseThrow();
        assertThat(jti.required()).isTrue();
        assertThat(jti.includeInResponse()).isFalse();
    }

    @Test
    void fapiEnforcementAndTheCertificateHeaderAreRead() {
        assertThat(settings.rules().fapiEnforcement()).isTrue();
        assertThat(settings.http().clientCertificateHeader()).contains("x-bank-client-cert");
    }

    @Test
    void whatIsNotUsedIsNamedOnceForEachTable() {
        var reader = ConfigReader.of(ACCELERATOR.config());
        Settings.read(reader);
        assertThat(reader.finish())
                .filteredOn(note -> note.startsWith("accelerator.toml: "))
                .map(note -> note.replace("accelerator.toml: ", "").replace(": not used by this server", ""))
                .containsExactlyElementsOf(List.of(
                        "[server]",
                        "[super_admin]",
                        "[user_store]",
                        "[datasource]",
                        "[keystore]",
                        "[resource]",
                        "[oauth]",
                        "[oauth.endpoints]",
                        "[oauth.response_type]",
                        "[oauth.custom_response_type]",
                        "[oauth.dcrm]",
                        "[extension_service]",
                        "[financial_services.admin]",
                        "[financial_services.jdbc_persistence_manager]",
                        "[financial_services.app_registration]",
                        "[financial_services.consent]",
                        "financial_services.extensions.endpoint.allowed_headers",
                        "financial_services.app_registration.dcr.use_softwareIdForAppName",
                        "financial_services.app_registration.dcr.jwks_endpoint_name",
                        "financial_services.app_registration.dcr.service_extension",
                        "financial_services.app_registration.dcr.jti_cache.modified_expiry_time",
                        "financial_services.app_registration.dcr.validators.validator[].class"));
    }
}
