package dev.dcr.rules;

import static dev.dcr.rules.Rule.when;
import static dev.dcr.rules.ValidatorName.REQUIRED_PARAMS;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.error.Violation.Kind;
import dev.dcr.metadata.ClientUri;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.rules.RuleConfig.Validator;
import dev.dcr.statement.SoftwareStatement;
import jakarta.json.JsonString;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The accelerator's validators, each as a rule. What is not configured is not enforced. */
final class AcceleratorRules {
    private AcceleratorRules() {}

    /** The enabled validators by priority. The table of parameters holds too where no validator is configured at all. */
    static List<Rule> of(RuleConfig config) {
        var validators = config.validators().stream()
                .map(validator -> rule(validator, config))
                .toList();
        return validators.isEmpty() ? List.of(new ConfiguredParams(config.params())) : validators;
    }

    private static Rule rule(Validator validator, RuleConfig config) {
        return switch (validator.name()) {
            case REQUIRED_PARAMS -> new ConfiguredParams(config.params());
            case ISSUER -> withStatement(AcceleratorRules::issuer);
            case REDIRECT_URI_FORMAT -> AcceleratorRules::redirectUriFormat;
            case REDIRECT_URI_MATCH -> withStatement(StatementRules::redirectUris);
            case URI_HOSTNAME -> withStatement(UriHostname::check);
            case SSA_ISSUER -> withStatement((request, statement) -> approvedIssuer(validator, statement));
            case REQUEST_JTI -> AcceleratorRules::requestJti;
            case SSA_JTI -> withStatement((request, statement) -> statementJti(statement));
            case TOKEN_ENDPOINT_AUTH_SIGNING_ALG -> AcceleratorRules::signingAlgorithm;
        };
    }

    private static Rule withStatement(BiFunction<VerifiedRequest, SoftwareStatement, Stream<Violation>> check) {
        return request -> request.statement().stream().flatMap(statement -> check.apply(request, statement));
    }

    /** The software signs its own requests: {@code iss} is the statement's {@code software_id}. */
    private static Stream<Violation> issuer(VerifiedRequest request, SoftwareStatement statement) {
        if (!request.signed() && !request.requested().containsKey("iss")) return Stream.empty();
        var issuer = request.requested().get("iss") instanceof JsonString text ? text.getString() : "";
        return when(
                !statement.softwareId().orElse("").equals(issuer),
                Violation.metadata(
                        "iss",
                        "not_software_id",
                        "iss " + Quoted.of(issuer) + " must be the software_id of the software statement"));
    }

    /** Every URI of the request and of the statement: https, and not on the device that asks. */
    private static Stream<Violation> redirectUriFormat(VerifiedRequest request) {
        return Stream.concat(
                format("redirect_uris", request.metadata().redirectUris()),
                request.statement().stream()
                        .flatMap(statement -> Stream.of("redirect_uris", "software_redirect_uris")
                                .flatMap(claim -> format(
                                        "software_statement." + claim,
                                        StatementRules.strings(statement, claim).toList()))));
    }

    private static Stream<Violation> format(String field, List<String> uris) {
        return IntStream.range(0, uris.size())
                .filter(i -> ClientUri.parse(uris.get(i))
                        .filter(uri -> uri.isHttps() && !uri.isLoopback())
                        .isEmpty())
                .mapToObj(i -> Violation.redirectUri(
                        field + "[" + i + "]",
                        "bad_format",
                        field + "[" + i + "] " + Quoted.of(uris.get(i))
                                + " must use https and must not lead to localhost"));
    }

    private static Stream<Violation> approvedIssuer(Validator validator, SoftwareStatement statement) {
        var issuer = statement.string("iss").orElse("");
        return when(
                !validator.allowedValues().isEmpty()
                        && !validator.allowedValues().contains(issuer),
                new Violation(
                        Kind.UNAPPROVED_SOFTWARE_STATEMENT,
                        "software_statement.iss",
                        "not_approved",
                        "software_statement of the issuer " + Quoted.of(issuer) + " is not approved here"));
    }

    private static Stream<Violation> requestJti(VerifiedRequest request) {
        var given = request.requested().get("jti") instanceof JsonString jti
                && !jti.getString().isBlank();
        return when(
                request.signed() && !given, Violation.metadata("jti", "required", "jti is needed in a signed request"));
    }

    private static Stream<Violation> statementJti(SoftwareStatement statement) {
        return when(
                statement.string("jti").filter(jti -> !jti.isBlank()).isEmpty(),
                Violation.statement("software_statement.jti", "required", "software_statement must hold a jti"));
    }

    private static Stream<Violation> signingAlgorithm(VerifiedRequest request) {
        var client = request.metadata();
        return when(
                client.authMethod().filter("private_key_jwt"::equals).isPresent()
                        && !client.has("token_endpoint_auth_signing_alg"),
                Violation.metadata(
                        "token_endpoint_auth_signing_alg",
                        "required",
                        "token_endpoint_auth_signing_alg is needed with private_key_jwt"));
    }
}
