package dev.dcr.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dcr.error.Violation;
import dev.dcr.error.Violation.Kind;
import dev.dcr.rules.RuleConfig.Validator;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceleratorRulesTest {
    private static final Trial OAUTH = Trial.under(Profile.OAUTH);
    private static final String CLIENT = "{'redirect_uris': ['https://client.example/cb']}";

    private static String client(String members) {
        return "{'redirect_uris': ['https://client.example/cb'], %s}".formatted(members);
    }

    @ParameterizedTest
    @EnumSource(ValidatorName.class)
    void noValidatorMindsAPlainRequestWithoutStatement(ValidatorName name) {
        assertThat(OAUTH.validator(name).faults(CLIENT)).isEmpty();
    }

    @Test
    void issuerIsTheSoftware() {
        var trial = OAUTH.validator(ValidatorName.ISSUER).stating("{'iss': 'x', 'software_id': 'one'}");
        assertThat(trial.asSigned().faults(client("'iss': 'one'"))).isEmpty();
        assertThat(trial.asSigned().faults(client("'iss': 'two'"))).containsExactly("iss not_software_id");
        assertThat(trial.asSigned().faults(CLIENT)).containsExactly("iss not_software_id");
        assertThat(trial.faults(client("'iss': 'two'"))).containsExactly("iss not_software_id");
        assertThat(trial.faults(CLIENT)).isEmpty();
        assertThat(OAUTH.validator(ValidatorName.ISSUER)
                        .stating("{'iss': 'x'}")
                        .asSigned()
                        .faults(client("'iss': 'two'")))
                .containsExactly("iss not_software_id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://localhost/cb", "https://127.0.0.1/cb", "http://localhost/cb", "com.example.app:/cb"})
    void everyRedirectUriHasTheFormat(String bad) {
        var trial = OAUTH.validator(ValidatorName.REDIRECT_URI_FORMAT);
        assertThat(trial.faults("{'redirect_uris': ['https://a.example/cb', '%s', '%s?x']}".formatted(bad, bad)))
                .containsExactly("redirect_uris[1] bad_format", "redirect_uris[2] bad_format");
    }

    @Test
    void everyRedirectUriOfTheStatementHasTheFormat() {
        var trial = OAUTH.validator(ValidatorName.REDIRECT_URI_FORMAT)
                .stating(
                        "{'iss': 'x', 'software_redirect_uris': ['https://client.example/cb', 'https://localhost/cb']}");
        assertThat(trial.violations(CLIENT))
                .extracting(Violation::kind, Violation::field)
                .containsExactly(tuple(Kind.INVALID_REDIRECT_URI, "software_statement.software_redirect_uris[1]"));
    }

    @Test
    void redirectUrisMatchTheStatement() {
        var trial = OAUTH.validator(ValidatorName.REDIRECT_URI_MATCH)
                .stating("{'iss': 'x', 'software_redirect_uris': ['https://client.example/other']}");
        assertThat(trial.faults(CLIENT)).containsExactly("redirect_uris[0] not_in_statement");
    }

    @Test
    @Tag("RFC7591-5-same-host")
    @Tag("OIDCR-9.1-impersonation")
    void pagesOfTheStatementLieOnItsRedirectHost() {
        var trial = OAUTH.validator(ValidatorName.URI_HOSTNAME);
        var uris = "'software_redirect_uris': ['https://client.example/cb', 'https://client.example/cb2']";
        assertThat(trial.stating("{'iss': 'x', %s}".formatted(uris)).faults(CLIENT))
                .isEmpty();
        assertThat(trial.stating("{'iss': 'x', %s, 'software_logo_uri': 'https://client.example/logo'}".formatted(uris))
                        .faults(CLIENT))
                .isEmpty();
        assertThat(trial.stating(
                                "{'iss': 'x', %s, 'software_logo_uri': 'https://cdn.example/logo', 'policy_uri': 'nonsense', 'tos_uri': 'https://client.example/tos'}"
                                        .formatted(uris))
                        .faults(CLIENT))
                .containsExactly(
                        "software_statement.software_logo_uri other_host", "software_statement.policy_uri other_host");
    }

    @Test
    @Tag("RFC7591-3.2.2-unapproved_software_statement")
    void issuersOfStatementsAreApproved() {
        var statement = "{'iss': 'Directory'}";
        assertThat(OAUTH.validator(ValidatorName.SSA_ISSUER, "Directory")
                        .stating(statement)
                        .faults(CLIENT))
                .isEmpty();
        assertThat(OAUTH.validator(ValidatorName.SSA_ISSUER).stating(statement).faults(CLIENT))
                .isEmpty();
        assertThat(OAUTH.validator(ValidatorName.SSA_ISSUER, "Other")
                        .stating(statement)
                        .violations(CLIENT))
                .extracting(Violation::kind)
                .containsExactly(Kind.UNAPPROVED_SOFTWARE_STATEMENT);
    }

    @Test
    void signedRequestsHaveAJti() {
        var trial = OAUTH.validator(ValidatorName.REQUEST_JTI).asSigned();
        assertThat(trial.faults(client("'jti': 'a'"))).isEmpty();
        assertThat(trial.faults(client("'jti': ' '"))).containsExactly("jti required");
        assertThat(trial.faults(CLIENT)).containsExactly("jti required");
    }

    @Test
    void statementsHaveAJti() {
        var trial = OAUTH.validator(ValidatorName.SSA_JTI);
        assertThat(trial.stating("{'iss': 'x', 'jti': 'a'}").faults(CLIENT)).isEmpty();
        assertThat(trial.stating("{'iss': 'x'}").faults(CLIENT)).containsExactly("software_statement.jti required");
    }

    @Test
    void privateKeyJwtNamesItsAlgorithm() {
        var method = "'token_endpoint_auth_method': 'private_key_jwt', 'jwks_uri': 'https://client.example/jwks'";
        var trial = OAUTH.validator(ValidatorName.TOKEN_ENDPOINT_AUTH_SIGNING_ALG);
        assertThat(trial.faults(client(method))).containsExactly("token_endpoint_auth_signing_alg required");
        assertThat(trial.faults(client(method + ", 'token_endpoint_auth_signing_alg': 'PS256'")))
                .isEmpty();
    }

    @Test
    @Tag("RFC7591-3.2.2-error_description")
    void validatorsReportInTheirOrder() {
        var trial = OAUTH.validators(
                        new Validator(ValidatorName.SSA_JTI, Set.of()),
                        new Validator(ValidatorName.REQUEST_JTI, Set.of()))
                .stating("{'iss': 'x'}")
                .asSigned();
        assertThat(trial.faults(CLIENT)).containsExactly("software_statement.jti required", "jti required");
    }
}
