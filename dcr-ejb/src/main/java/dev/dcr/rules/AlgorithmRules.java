package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.Jose;
import dev.dcr.metadata.Member;
import java.util.List;
import java.util.stream.Stream;

/** JOSE algorithms that depend on what else is registered. Which names there are is in the table of members. */
final class AlgorithmRules {
    private static final List<Member> DEPENDENT =
            Member.all().stream().filter(member -> member.needs().isPresent()).toList();

    private static final List<String> ALGORITHMS = Member.all().stream()
            .map(Member::name)
            .filter(name -> name.endsWith("_alg") && !name.equals("token_endpoint_auth_signing_alg"))
            .toList();

    private AlgorithmRules() {}

    static List<Rule> all() {
        return List.of(
                onMetadata(AlgorithmRules::encNeedsAlg),
                onMetadata(AlgorithmRules::unsignedIdToken),
                onMetadata(AlgorithmRules::unsignedLogoutToken),
                onMetadata(AlgorithmRules::unsignedRequestObject),
                onMetadata(AlgorithmRules::sharedSecret));
    }

    /** OIDC Registration §2, JARM §3, RFC 9701 §6: an {@code _enc} requires its {@code _alg}. */
    private static Stream<Violation> encNeedsAlg(ClientMetadata client) {
        return DEPENDENT.stream()
                .filter(member -> client.has(member.name()))
                .flatMap(member -> member.needs().filter(other -> !client.has(other)).stream()
                        .map(other -> Breach.of(other, "required", "is needed beside " + member.name())));
    }

    /** OIDC Registration §2: {@code none} only where no ID token comes from the authorization endpoint. */
    private static Stream<Violation> unsignedIdToken(ClientMetadata client) {
        var frontChannel =
                client.responseTypes().stream().map(GrantTypes::words).anyMatch(words -> words.contains("id_token"));
        return Breach.value(
                client,
                "id_token_signed_response_alg",
                algorithm -> frontChannel && algorithm.equals("none"),
                "unsigned",
                "must be a signature, for a response type of this client has id_token");
    }

    /** OIDC Back-Channel Logout §2.6: logout tokens are signed as ID tokens are, and never by {@code none}. */
    private static Stream<Violation> unsignedLogoutToken(ClientMetadata client) {
        return Breach.value(
                client,
                "id_token_signed_response_alg",
                algorithm -> algorithm.equals("none") && client.has("backchannel_logout_uri"),
                "unsigned_logout",
                "must be a signature beside backchannel_logout_uri");
    }

    /** RFC 9101 §10.5: {@code none} is no signature. */
    private static Stream<Violation> unsignedRequestObject(ClientMetadata client) {
        return Breach.value(
                client,
                "request_object_signing_alg",
                algorithm -> algorithm.equals("none") && client.is("require_signed_request_object"),
                "unsigned",
                "must be a signature beside require_signed_request_object");
    }

    /** OIDC Core §10.1 and §10.2: symmetric keys are made of the client secret. */
    private static Stream<Violation> sharedSecret(ClientMetadata client) {
        if (ClientAuthentication.hasSecret(client)) return Stream.empty();
        return ALGORITHMS.stream()
                .flatMap(name -> Breach.value(
                        client,
                        name,
                        Jose::isSymmetric,
                        "needs_client_secret",
                        "needs a client secret, which a client without a client_secret_* authentication method lacks"));
    }
}
