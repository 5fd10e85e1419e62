package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;
import static dev.dcr.rules.Rule.when;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.ClientUri;
import dev.dcr.request.VerifiedRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** OBIE Dynamic Client Registration 3.3, data dictionary. Where the operator's table names a member, the table decides. */
final class OpenBankingRules {
    private static final Set<String> GRANTS =
            Set.of("authorization_code", "client_credentials", "refresh_token", CibaRules.GRANT);
    private static final int LONGEST_REDIRECT_URI = 256;
    private static final int LONGEST_SCOPE = 256;
    private static final int LONGEST_SUBJECT = 128;

    private OpenBankingRules() {}

    static List<Rule> of(RuleConfig config) {
        return List.of(
                OpenBankingRules::statement,
                unlessConfigured(config, "id_token_signed_response_alg", required("id_token_signed_response_alg")),
                unlessConfigured(config, "request_object_signing_alg", required("request_object_signing_alg")),
                unlessConfigured(config, "grant_types", onMetadata(OpenBankingRules::grantTypes)),
                onMetadata(OpenBankingRules::redirectUris),
                onMetadata(client -> length(client, "scope", LONGEST_SCOPE)),
                onMetadata(client -> length(client, "tls_client_auth_subject_dn", LONGEST_SUBJECT)));
    }

    private static Rule unlessConfigured(RuleConfig config, String member, Rule rule) {
        return config.param(member).isPresent() ? request -> Stream.empty() : rule;
    }

    private static Rule required(String member) {
        return onMetadata(client -> when(
                !client.has(member), Violation.metadata(member, "required", member + " is needed in open banking")));
    }

    private static Stream<Violation> statement(VerifiedRequest request) {
        var given = request.statement().isPresent() || request.requested().containsKey("software_statement");
        return when(
                !given,
                Violation.statement(
                        "software_statement",
                        "required",
                        "software_statement is needed in open banking: obtain one from the directory"));
    }

    private static Stream<Violation> grantTypes(ClientMetadata client) {
        var grants = client.grantTypes();
        return IntStream.range(0, grants.size())
                .filter(i -> !GRANTS.contains(grants.get(i)))
                .mapToObj(i -> Violation.metadata(
                        "grant_types[" + i + "]",
                        "not_open_banking",
                        "grant_types[" + i + "] " + Quoted.of(grants.get(i)) + " is no grant type of open banking"));
    }

    private static Stream<Violation> redirectUris(ClientMetadata client) {
        var uris = client.redirectUris();
        return IntStream.range(0, uris.size()).boxed().flatMap(i -> {
            var field = "redirect_uris[" + i + "]";
            var local =
                    ClientUri.parse(uris.get(i)).filter(ClientUri::isLoopback).isPresent();
            return Stream.concat(
                    when(local, Violation.redirectUri(field, "localhost", field + " must not lead to localhost")),
                    when(
                            uris.get(i).length() > LONGEST_REDIRECT_URI,
                            Violation.redirectUri(
                                    field,
                                    "too_long",
                                    field + " must have at most " + LONGEST_REDIRECT_URI + " characters")));
        });
    }

    private static Stream<Violation> length(ClientMetadata client, String member, int longest) {
        return client.string(member).filter(value -> value.length() > longest).stream()
                .map(value -> Violation.metadata(
                        member, "too_long", member + " must have at most " + longest + " characters"));
    }
}
