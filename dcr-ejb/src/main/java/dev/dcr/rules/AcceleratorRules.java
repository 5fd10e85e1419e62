package dev.dcr.rules;

import static dev.dcr.rules.Rule.onStatement;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.error.Violation.Kind;
import dev.dcr.metadata.ClientUri;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.rules.RuleConfig.Validator;
import dev.dcr.statement.SoftwareStatement;
import jakarta.json.JsonString;
import java.util.List;
import java.util.stream.Stream;

/** The accelerator's validators, each as a rule. What is not configured is not enforced. */
final class AcceleratorRules {
    private static final int LONGEST_ID = 255;

    private AcceleratorRules() {}

    /** The enabled validators by priority. The table of parameters holds too where no validator is configured at all. */
    static List<Rule> of(RuleConfig config) {
        if (config.validators().isEmpty()) return List.of(new ConfiguredParams(config.params()));
        return config.validators().stream()
                .map(validator -> rule(validator, config))
                .toList();
    }

    private static Rule rule(Validator validator, RuleConfig config) {
        return switch (validator.name()) {
            case REQUIRED_PARAMS -> new ConfiguredParams(config.params());
            case ISSUER -> onStatement(AcceleratorRules::issuer);
            case REDIRECT_URI_FORMAT -> AcceleratorRules::redirectUriFormat;
            case REDIRECT_URI_MATCH -> onStatement(StatementRules::redirectUris);
            case URI_HOSTNAME -> onStatement(UriHostname::check);
            case SSA_ISSUER -> onStatement((request, statement) -> approvedIssuer(validator, statement));
            case REQUEST_JTI -> AcceleratorRules::requestJti;
            case SSA_JTI -> onStatement((request, statement) -> statementJti(statement));
            case TOKEN_ENDPOINT_AUTH_SIGNING_ALG -> AcceleratorRules::signingAlgorithm;
        };
    }

    /** The software signs its own requests: {@code iss} is the statement's {@code software_id}. */
    private static Stream<Violation> issuer(VerifiedRequest request, SoftwareStatement statement) {
        if (!request.signed() && !request.requested().containsKey("iss")) return Stream.empty();
        var issuer = claim("iss", request);
        if (statement.softwareId().filter(issuer::equals).isPresent()) return Stream.empty();
        return Stream.of(
                Breach.of("iss", issuer, "not_software_id", "must be the software_id of the software statement"));
    }

    /** Every URI of the request and of the statement: https, and not on the device that asks. */
    private static Stream<Violation> redirectUriFormat(VerifiedRequest request) {
        var stated = Stream.of("redirect_uris", "software_redirect_uris")
                .flatMap(claim -> request.statement().stream()
                        .flatMap(statement ->
                                badFormat("software_statement." + claim, StatementRules.strings(statement, claim))));
        return Stream.concat(badFormat("redirect_uris", request.metadata().redirectUris()), stated)
                .map(found -> Violation.redirectUri(found.field(), found.code(), found.message()));
    }

    private static Stream<Violation> badFormat(String field, List<String> uris) {
        return Breach.elements(
                field,
                uris,
                text -> ClientUri.parse(text)
                        .filter(uri -> uri.isHttps() && !uri.isLoopback())
                        .isEmpty(),
                "bad_format",
                "must use https and must not lead to localhost");
    }

    private static Stream<Violation> approvedIssuer(Validator validator, SoftwareStatement statement) {
        var issuer = statement.string("iss").orElse("");
        if (validator.allowedValues().isEmpty() || validator.allowedValues().contains(issuer)) return Stream.empty();
        return Stream.of(new Violation(
                Kind.UNAPPROVED_SOFTWARE_STATEMENT,
                "software_statement.iss",
                "not_approved",
                "software statements of " + Quoted.of(issuer) + " are not approved here"));
    }

    private static Stream<Violation> requestJti(VerifiedRequest request) {
        return Breach.when(
                request.signed() && claim("jti", request).isBlank(),
                "jti",
                "required",
                "is needed in a signed request");
    }

    private static Stream<Violation> statementJti(SoftwareStatement statement) {
        return Breach.when(
                statement
                        .string("jti")
                        .filter(jti -> !jti.isBlank() && jti.length() <= LONGEST_ID)
                        .isEmpty(),
                "software_statement.jti",
                "required",
                "must be there, with at most " + LONGEST_ID + " characters");
    }

    private static Stream<Violation> signingAlgorithm(VerifiedRequest request) {
        var client = request.metadata();
        return Breach.when(
                ClientAuthentication.isBy("private_key_jwt", client) && !client.has("token_endpoint_auth_signing_alg"),
                "token_endpoint_auth_signing_alg",
                "required",
                "is needed with private_key_jwt");
    }

    private static String claim(String name, VerifiedRequest request) {
        return request.requested().get(name) instanceof JsonString text ? text.getString() : "";
    }
}
