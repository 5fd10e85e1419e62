package dev.dcr.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake keeps the server from starting and is named by file, line and key. */
class RefusedConfigurationTest {

    @ParameterizedTest
    @MethodSource
    void aValueOutsideItsType(String table, String line, String problem) {
        assertThat(Configured.by("[" + table + "]\n" + line).problems())
                .containsExactly("deployment.toml:2: %s.%s".formatted(table, problem));
    }

    static Stream<Arguments> aValueOutsideItsType() {
        return Stream.of(
                arguments(
                        "dcr",
                        "profile = [\"oauth\"]",
                        "profile: is of the wrong type; expected: \"oauth\" or "
                                + "\"oidc\" or \"fapi\" or \"open-banking-uk\" or \"open-finance-brazil\" or \"cdr-au\""),
                arguments(
                        "dcr",
                        "unknown_metadata = \"keep\"",
                        "unknown_metadata: must be one of \"ignore\"," + " \"store\", \"reject\", not 'keep'"),
                arguments(
                        "dcr",
                        "public_base_url = \"dcr.example\"",
                        "public_base_url: must be an absolute http or" + " https URL without user name and fragment"),
                arguments(
                        "dcr",
                        "public_base_url = \"https://user:hush@dcr.example\"",
                        "public_base_url: must be an" + " absolute http or https URL without user name and fragment"),
                arguments(
                        "dcr",
                        "public_base_url = \"https://dcr.example?a\"",
                        "public_base_url: must be a URL" + " without a query"),
                arguments("dcr", "public_base_url = 8080", "public_base_url: is of the wrong type; expected: URL"),
                arguments(
                        "dcr",
                        "base_path = \"v3\"",
                        "base_path: must start with a slash and not end with one, such"
                                + " as /open-banking/v3.3, not 'v3'"),
                arguments(
                        "dcr",
                        "base_path = \"/v3/\"",
                        "base_path: must start with a slash and not end with one,"
                                + " such as /open-banking/v3.3, not '/v3/'"),
                arguments(
                        "dcr",
                        "max_body_bytes = 0",
                        "max_body_bytes: must be a whole number from 1024 to 67108864," + " not '0'"),
                arguments(
                        "dcr",
                        "max_body_bytes = \"big\"",
                        "max_body_bytes: must be a whole number from 1024 to" + " 67108864, not 'big'"),
                arguments(
                        "dcr.quota",
                        "clients_per_software = -1",
                        "clients_per_software: must be a whole number from 0 to 10000, not '-1'"),
                arguments("dcr", "max_body_bytes = 1.5", "max_body_bytes: is of the wrong type; expected: integer"),
                arguments(
                        "dcr",
                        "trusted_proxies = [\"10.0.0.0/33\"]",
                        "trusted_proxies: must be a range of" + " addresses such as 10.0.0.0/8, not '10.0.0.0/33'"),
                arguments(
                        "dcr",
                        "trusted_proxies = \"10.0.0.0/8\"",
                        "trusted_proxies: is of the wrong type;" + " expected: list, such as [\"...\"]"),
                arguments(
                        "dcr.cors",
                        "allowed_origins = [\"https://app.example/\"]",
                        "allowed_origins: must be"
                                + " \"*\" or an origin such as https://app.example (no path), not 'https://app.example/'"),
                arguments("dcr.request_jwt", "required = \"yes\"", "required: must be true or false, not 'yes'"),
                arguments("dcr.request_jwt", "required = 1", "required: is of the wrong type; expected: boolean"),
                arguments("dcr.request_jwt", "algorithms = []", "algorithms: must name at least one algorithm"),
                arguments(
                        "dcr.database",
                        "url = \"jdbc:oracle:thin:x\"",
                        "url: must start with jdbc:h2: or" + " jdbc:postgresql:"),
                arguments(
                        "dcr.outbound",
                        "allowed_hosts = [\"https://a\"]",
                        "allowed_hosts: must be the name of a" + " host, without scheme and port, not 'https://a'"),
                arguments(
                        "dcr.client_secret",
                        "lifetime = -1",
                        "lifetime: must be a whole number of at least 0, not" + " '-1'"),
                arguments(
                        "dcr.client_secret",
                        "encryption_key_file = \"/no/such\"",
                        "encryption_key_file: must name" + " a file that can be read, there is none at '/no/such'"),
                arguments(
                        "dcr.admin",
                        "token_file = \"/no/such\"",
                        "token_file: must name a file that can be read," + " there is none at '/no/such'"));
    }

    @ParameterizedTest
    @MethodSource
    void anAlgorithmThatIsNotAsymmetric(String algorithm) {
        assertThat(Configured.by("[dcr.request_jwt]\nalgorithms = [\"PS256\", \"" + algorithm + "\"]")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("deployment.toml:2: dcr.request_jwt.algorithms: must be an asymmetric JWS algorithm (")
                .endsWith("not '" + algorithm + "'");
    }

    static Stream<String> anAlgorithmThatIsNotAsymmetric() {
        return Stream.of("none", "HS256", "HS512", "ps256");
    }

    @ParameterizedTest
    @MethodSource
    void keysThatContradictEachOther(String toml, String problem) {
        assertThat(Configured.by(toml).problems()).containsExactly("deployment.toml:" + problem);
    }

    static Stream<Arguments> keysThatContradictEachOther() {
        return Stream.of(
                arguments(
                        "[dcr.registration]\naccess = \"software_statement\"",
                        "2: dcr.registration.access:"
                                + " \"software_statement\" needs an issuer in [[dcr.software_statement.issuers]]"),
                arguments(
                        "[dcr.management]\naccess = \"access_token\"\n[dcr.access_token]\nissuer = \"https://a\"",
                        "2: dcr.management.access: \"access_token\" needs issuer and jwks_uri, or"
                                + " introspection_endpoint, in [dcr.access_token]"),
                arguments(
                        "[dcr.access_token]\njwks_uri = \"https://a/b\"",
                        "1: dcr.access_token.issuer: is missing: no token is good unless it names whose keys jwks_uri has"),
                arguments(
                        "[[dcr.software_statement.issuers]]\njwks_uri = \"https://a/b\"",
                        "1: dcr.software_statement.issuers[0].iss: is missing"),
                arguments(
                        "[[dcr.software_statement.issuers]]\niss = \"a\"",
                        "1: dcr.software_statement.issuers[0].jwks_uri: either jwks_uri or jwks_file must name the"
                                + " issuer's keys, and not both"),
                arguments(
                        "[[dcr.software_statement.issuers]]\niss = \"a\"\njwks_uri = \"https://a/b\"\n\n"
                                + "[[dcr.software_statement.issuers]]\niss = \"a\"\njwks_uri = \"https://a/b\"",
                        "6: dcr.software_statement.issuers[1].iss: is there twice"),
                arguments(
                        "[financial_services.extensions.endpoint]\nenabled = true",
                        "1: financial_services.extensions.endpoint.base_url: is needed where extensions are enabled"),
                arguments(
                        "[financial_services.extensions.endpoint]\nallowed_extensions = [\"pre_process_client\"]",
                        "2: financial_services.extensions.endpoint.allowed_extensions: must be one of"
                                + " pre_process_client_creation, pre_process_client_update,"
                                + " pre_process_client_retrieval, or another of the accelerator's, not"
                                + " 'pre_process_client'"),
                arguments(
                        "[[financial_services.app_registration.dcr.validators.validator]]\nname = \"Nobody\"",
                        "2: financial_services.app_registration.dcr.validators.validator[0].name: must be one of"
                                + " RequiredParamsValidator, IssuerValidator, RedirectUriFormatValidator,"
                                + " RedirectUriMatchValidator, UriHostnameValidator, SSAIssuerValidator,"
                                + " RequestJTIValidator, SSAJTIValidator, TokenEndpointAuthSigningAlgValidator,"
                                + " not 'Nobody'"),
                arguments(
                        "[[financial_services.app_registration.dcr.validators.validator]]\nname = \"Issuer\"\n"
                                + "[[financial_services.app_registration.dcr.validators.validator]]\n"
                                + "name = \"IssuerValidator\"",
                        "4: financial_services.app_registration.dcr.validators.validator[1].name: is there twice"),
                arguments(
                        "[[financial_services.app_registration.dcr.params]]\nname = \"Scope\"",
                        "1: financial_services.app_registration.dcr.params[0].key: is missing"));
    }

    @ParameterizedTest
    @MethodSource
    void credentialsOfTheExtensionThatAreNotComplete(String security, String problem) {
        var toml = """
                [financial_services.extensions.endpoint]
                enabled = true
                base_url = "https://extensions.example"
                [financial_services.extensions.endpoint.security]
                """;
        assertThat(Configured.by(toml + security).problems())
                .containsExactly(
                        "deployment.toml:" + problem.replace("@", "financial_services.extensions.endpoint.security"));
    }

    static Stream<Arguments> credentialsOfTheExtensionThatAreNotComplete() {
        return Stream.of(
                arguments("type = \"Digest\"", "5: @.type: must be one of \"Basic-Auth\", \"OAuth2\", not 'Digest'"),
                arguments(
                        "type = \"OAuth2\"",
                        "5: @.type: \"OAuth2\" needs token, or token_endpoint with client_id" + " and client_secret"),
                arguments(
                        "type = \"oauth2\"\ntoken_endpoint = \"https://as/token\"\nclient_secret = \"s\"",
                        "4: @.client_id: is needed beside token_endpoint"),
                arguments(
                        "type = \"oauth2\"\ntoken_endpoint = \"https://as/token\"\nclient_id = \"s\"",
                        "4: @.client_secret: is needed beside token_endpoint"),
                arguments(
                        "type = \"oauth2\"\ntoken_endpoint = \"https://as/token\"\ntoken = \"t\"",
                        "7: @.token: stands beside token_endpoint; keep one of them"));
    }

    @Test
    void anExtensionThatIsNotEnabledMayBeConfiguredBadly() {
        var toml = """
                [financial_services.extensions.endpoint]
                enabled = false
                base_url = "EXTENSION_URL"
                [financial_services.extensions.endpoint.security]
                type = "OAuth2"
                password_file = "/no/such"
                client_secret = "$env{DCR_TEST_NOT_SET}"
                """;
        assertThat(Configured.by(toml).problems()).isEmpty();
    }

    @Test
    void aMistakeOfTomlItselfWithItsColumn() {
        assertThat(Configured.by("[dcr]\nprofile = oauth\n").problems())
                .singleElement()
                .asString()
                .startsWith("deployment.toml:2:11: ");
    }

    @Test
    void aMistakeOfTomlWithoutQuotingWhatMayBeASecret() {
        assertThat(Configured.by("[dcr.database]\npassword = \"a\" hunter2\n").problems())
                .containsExactly("deployment.toml:2:16: Unexpected text, expected a newline or end-of-input");
    }

    @Test
    void aFileThatIsNotThere() {
        assertThat(Configured.by(Path.of("/no/such.toml")).problems())
                .containsExactly("/no/such.toml: there is no such file, though dcr.config names it");
    }

    @Test
    void everythingAtOnce() {
        var toml = """
                [dcr]
                profile = "oath"
                max_body_byte = 1
                [dcr.request_jwt]
                required = 7
                [oauth.dcr]
                ssa_jwks = "https://directory.example/keys"
                """;
        assertThat(Configured.by(toml).problems())
                .extracting(problem -> problem.split(" ")[1])
                .containsExactlyInAnyOrder(
                        "dcr.profile:", "dcr.max_body_byte:", "dcr.request_jwt.required:", "oauth.dcr.ssa_jwks:");
    }

    @Test
    void anUnknownKeyInAnEntryOfAList() {
        var toml = """
                [[dcr.software_statement.issuers]]
                iss = "a"
                jwks_uri = "https://a/b"
                algorithm = ["PS256"]
                """;
        assertThat(Configured.by(toml).problems())
                .containsExactly("deployment.toml:4: dcr.software_statement.issuers[0].algorithm: unknown key;"
                        + " did you mean dcr.software_statement.issuers[].algorithms?");
    }

    @Test
    void anUnknownTableEvenIfItIsEmpty() {
        assertThat(Configured.by("[dcr.admins]").problems())
                .containsExactly("deployment.toml:1: dcr.admins: unknown key");
    }

    @Test
    void aTableWhereAListOfTablesBelongs() {
        assertThat(Configured.by("[dcr.software_statement.issuers]\niss = \"a\"")
                        .problems())
                .containsExactly("deployment.toml:2: dcr.software_statement.issuers.iss: unknown key;"
                        + " tables of that name are written [[dcr.software_statement.issuers]]");
    }

    @Test
    void anEnvironmentVariableByItsOwnName() {
        assertThat(Configured.by("[dcr]\nprofile = \"oauth\"")
                        .with(Map.of("DCR_PROFILE", "oath"))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("environment variable DCR_PROFILE: must be one of ");
    }

    @Test
    void aPlaceholderThatNamesNothing() {
        var toml = """
                [dcr.access_token]
                issuer = "$env{DCR_TEST_NOT_SET}"
                audience = "$sys{dcr.test.not.set}"
                management_scope = "$ref{dcr.nowhere}"
                registration_scope = "$ref{dcr.access_token.registration_scope}"
                client_secret = "$secret{alias}"
                """;
        var table = "dcr.access_token.";
        assertThat(Configured.by(toml).problems())
                .containsExactlyInAnyOrder(
                        "deployment.toml:2: " + table + "issuer: $env{DCR_TEST_NOT_SET}: that environment variable is"
                                + " not set",
                        "deployment.toml:3: " + table + "audience: $sys{dcr.test.not.set}: that system property is not"
                                + " set",
                        "deployment.toml:4: " + table + "management_scope: $ref{dcr.nowhere}: there is no such key",
                        "deployment.toml:5: " + table + "registration_scope:"
                                + " $ref{dcr.access_token.registration_scope} refers to itself",
                        "deployment.toml:6: " + table + "client_secret: $secret{alias} is not supported: use"
                                + " $env{NAME}, or name a file by the same key with _file");
    }
}
