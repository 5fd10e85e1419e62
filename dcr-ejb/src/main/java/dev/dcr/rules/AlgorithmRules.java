package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;
import static dev.dcr.rules.Rule.when;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.Jose;
import dev.dcr.metadata.Member;
import java.util.List;
import java.util.stream.Stream;

/** JOSE algorithms that depend on what else is registered. Which names there are is in the table of members. */
final class AlgorithmRules {
    private AlgorithmRules() {}

    static List<Rule> all() {
        return List.of(
                onMetadata(AlgorithmRules::encNeedsAlg),
                onMetadata(AlgorithmRules::unsignedIdToken),
                onMetadata(AlgorithmRules::unsignedRequestObject),
                onMetadata(AlgorithmRules::sharedSecret));
    }

    /** OIDC Registration §2, JARM §3, RFC 9701 §6: an {@code _enc} requires its {@code _alg}. */
    private static Stream<Violation> encNeedsAlg(ClientMetadata client) {
        return Member.all().stream()
                .filter(member -> client.has(member.name()))
                .filter(member ->
                        member.needs().filter(other -> !client.has(other)).isPresent())
                .map(member -> Violation.metadata(
                        member.needs().orElseThrow(),
                        "required",
                        member.name() + " needs " + member.needs().orElseThrow() + " beside it"));
    }

    /** OIDC Registration §2: {@code none} only where no ID token comes from the authorization endpoint. */
    private static Stream<Violation> unsignedIdToken(ClientMetadata client) {
        var unsigned = client.string("id_token_signed_response_alg")
                .filter("none"::equals)
                .isPresent();
        var frontChannel =
                client.responseTypes().stream().map(GrantTypes::words).anyMatch(words -> words.contains("id_token"));
        return when(
                unsigned && frontChannel,
                Violation.metadata(
                        "id_token_signed_response_alg",
                        "unsigned",
                        "id_token_signed_response_alg must not be none: a response type of this client has id_token"));
    }

    /** RFC 9101 §10.5: {@code none} is no signature. */
    private static Stream<Violation> unsignedRequestObject(ClientMetadata client) {
        var unsigned = client.string("request_object_signing_alg")
                .filter("none"::equals)
                .isPresent();
        return when(
                unsigned && client.is("require_signed_request_object"),
                Violation.metadata(
                        "request_object_signing_alg",
                        "unsigned",
                        "request_object_signing_alg must not be none beside require_signed_request_object"));
    }

    /** OIDC Core §10.1 and §10.2: symmetric keys are made of the client secret. */
    private static Stream<Violation> sharedSecret(ClientMetadata client) {
        if (ClientAuthentication.hasSecret(client)) return Stream.empty();
        return Member.all().stream()
                .map(Member::name)
                .filter(name -> name.endsWith("_alg"))
                .filter(name -> client.string(name).filter(Jose::isSymmetric).isPresent())
                .filter(name -> !(name.equals("token_endpoint_auth_signing_alg")
                        && client.authMethod().filter("private_key_jwt"::equals).isPresent()))
                .map(name -> Violation.metadata(
                        name,
                        "needs_client_secret",
                        name + " " + Quoted.of(client.string(name).orElseThrow()) + " needs a client secret, which "
                                + client.authMethod().orElse("this client") + " does not have"));
    }
}
