package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.ClientUri;
import dev.dcr.request.VerifiedRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The data dictionary of OBIE Dynamic Client Registration 3.3. Where the operator's table of parameters names a member,
 * the table decides whether it is needed and what it may be.
 */
final class OpenBankingRules {
    private static final Set<String> GRANTS =
            Set.of("authorization_code", "client_credentials", "refresh_token", ClientMetadata.BACKCHANNEL_GRANT);
    private static final int LONGEST_REDIRECT_URI = 256;
    private static final int LONGEST_SCOPE = 256;
    private static final int LONGEST_SUBJECT = 128;

    private OpenBankingRules() {}

    static List<Rule> of(RuleConfig config) {
        return List.of(
                OpenBankingRules::statement,
                unlessConfigured(config, "id_token_signed_response_alg", OpenBankingRules::idTokenAlgorithm),
                unlessConfigured(config, "request_object_signing_alg", OpenBankingRules::requestObjectAlgorithm),
                unlessConfigured(config, "grant_types", OpenBankingRules::grantTypes),
                onMetadata(OpenBankingRules::localRedirects),
                onMetadata(OpenBankingRules::longRedirects),
                onMetadata(client -> length(client, "scope", LONGEST_SCOPE)),
                onMetadata(client -> length(client, "tls_client_auth_subject_dn", LONGEST_SUBJECT)));
    }

    private static Rule unlessConfigured(RuleConfig config, String member, Rule rule) {
        return config.param(member).isPresent() ? request -> Stream.empty() : rule;
    }

    static Stream<Violation> statement(VerifiedRequest request) {
        return Breach.when(
                request.statement().isEmpty() && !request.requested().containsKey("software_statement"),
                "software_statement",
                "required",
                "is needed in open banking: obtain one from the directory");
    }

    private static Stream<Violation> idTokenAlgorithm(VerifiedRequest request) {
        return needed("id_token_signed_response_alg", request);
    }

    private static Stream<Violation> requestObjectAlgorithm(VerifiedRequest request) {
        return needed("request_object_signing_alg", request);
    }

    private static Stream<Violation> needed(String member, VerifiedRequest request) {
        return Breach.when(!request.metadata().has(member), member, "required", "is needed in open banking");
    }

    private static Stream<Violation> grantTypes(VerifiedRequest request) {
        return Breach.elements(
                request.metadata(),
                "grant_types",
                grant -> !GRANTS.contains(grant),
                "not_open_banking",
                "is no grant type of open banking");
    }

    static Stream<Violation> localRedirects(ClientMetadata client) {
        return Breach.elements(
                client,
                "redirect_uris",
                text -> ClientUri.parse(text).filter(ClientUri::isLocal).isPresent(),
                "localhost",
                "must not lead to localhost");
    }

    private static Stream<Violation> longRedirects(ClientMetadata client) {
        return Breach.elements(
                client,
                "redirect_uris",
                uri -> uri.length() > LONGEST_REDIRECT_URI,
                "too_long",
                "must have at most " + LONGEST_REDIRECT_URI + " characters");
    }

    private static Stream<Violation> length(ClientMetadata client, String member, int longest) {
        return Breach.value(
                client,
                member,
                value -> value.length() > longest,
                "too_long",
                "must have at most " + longest + " characters");
    }
}
