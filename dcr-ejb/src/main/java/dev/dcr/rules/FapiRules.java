package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;
import static dev.dcr.rules.Rule.when;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.ClientUri;
import dev.dcr.metadata.Jose;
import dev.dcr.metadata.Member;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** FAPI 1.0 Advanced and FAPI 2.0 Security Profile, as far as they bind what a client registers. */
final class FapiRules {
    private static final Set<String> METHODS =
            Set.of("private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth");
    private static final Set<String> SIGNATURES = Set.of("PS256", "ES256", "EdDSA", "Ed25519");

    private FapiRules() {}

    /** The rules of the profile {@code fapi}. */
    static List<Rule> ofProfile() {
        return List.of(
                onMetadata(FapiRules::authentication),
                onMetadata(FapiRules::signatures),
                onMetadata(FapiRules::encryption),
                onMetadata(FapiRules::responseTypes),
                onMetadata(FapiRules::passwords),
                onMetadata(FapiRules::redirectUris),
                onMetadata(FapiRules::push));
    }

    /** The rules of {@code oauth.dcr.enable_fapi_enforcement}, whatever the profile. */
    static List<Rule> enforced() {
        return List.of(
                onMetadata(FapiRules::authentication),
                onMetadata(FapiRules::signatures),
                onMetadata(FapiRules::encryption),
                onMetadata(client -> mustBe(JsonValue.TRUE, "require_signed_request_object", client)),
                onMetadata(client -> mustBe(JsonValue.TRUE, "tls_client_certificate_bound_access_tokens", client)));
    }

    /** FAPI 1.0 Advanced §5.2.2-14, FAPI 2.0 §5.3.2.1-6. */
    private static Stream<Violation> authentication(ClientMetadata client) {
        return client.authMethod().filter(Predicate.not(METHODS::contains)).stream()
                .map(
                        method -> Violation.metadata(
                                "token_endpoint_auth_method",
                                "not_fapi",
                                "token_endpoint_auth_method " + Quoted.of(method)
                                        + " must be private_key_jwt, tls_client_auth or self_signed_tls_client_auth under FAPI"));
    }

    /** FAPI 1.0 Advanced §8.6, FAPI 2.0 §5.4.1. */
    private static Stream<Violation> signatures(ClientMetadata client) {
        return Member.all().stream()
                .filter(member -> member.allowed().contains("PS256"))
                .map(Member::name)
                .flatMap(name -> client.string(name).filter(Predicate.not(SIGNATURES::contains)).stream()
                        .map(alg -> Violation.metadata(
                                name,
                                "not_fapi",
                                name + " " + Quoted.of(alg) + " must be PS256, ES256 or EdDSA under FAPI")));
    }

    /** FAPI 1.0 Advanced §8.6.1: RSA with PKCS #1 v1.5 padding is not used. */
    private static Stream<Violation> encryption(ClientMetadata client) {
        return Member.all().stream()
                .map(Member::name)
                .filter(name -> client.string(name).filter(Jose.RSA1_5::equals).isPresent())
                .map(name -> Violation.metadata(name, "not_fapi", name + " must not be RSA1_5 under FAPI"));
    }

    /** FAPI 1.0 Advanced §5.2.2-2, FAPI 2.0 §5.3.2.2-1. */
    private static Stream<Violation> responseTypes(ClientMetadata client) {
        var types = client.responseTypes();
        return IntStream.range(0, types.size())
                .filter(i ->
                        !Set.of(Set.of("code"), Set.of("code", "id_token")).contains(GrantTypes.words(types.get(i))))
                .mapToObj(i -> Violation.metadata(
                        "response_types[" + i + "]",
                        "not_fapi",
                        "response_types[" + i + "] " + Quoted.of(types.get(i))
                                + " must be code or code id_token under FAPI"));
    }

    /** FAPI 2.0 §5.3.2.1-4. */
    private static Stream<Violation> passwords(ClientMetadata client) {
        return when(
                client.grantTypes().contains("password"),
                Violation.metadata("grant_types", "not_fapi", "grant_types must not hold password under FAPI"));
    }

    /** FAPI 1.0 Baseline §5.2.2-20, FAPI 2.0 §5.3.2.2-8: https, but for a native client on its own device. */
    private static Stream<Violation> redirectUris(ClientMetadata client) {
        var uris = client.redirectUris();
        return IntStream.range(0, uris.size())
                .filter(i -> ClientUri.parse(uris.get(i))
                        .filter(uri -> !uri.isHttps() && !uri.isLoopback())
                        .isPresent())
                .mapToObj(i -> Violation.redirectUri(
                        "redirect_uris[" + i + "]",
                        "not_https",
                        "redirect_uris[" + i + "] " + Quoted.of(uris.get(i)) + " must use https under FAPI"));
    }

    /** FAPI CIBA §5.2.2-3. */
    private static Stream<Violation> push(ClientMetadata client) {
        return when(
                client.string("backchannel_token_delivery_mode")
                        .filter("push"::equals)
                        .isPresent(),
                Violation.metadata(
                        "backchannel_token_delivery_mode",
                        "not_fapi",
                        "backchannel_token_delivery_mode must be poll or ping under FAPI"));
    }

    private static Stream<Violation> mustBe(JsonValue value, String member, ClientMetadata client) {
        return when(
                client.has(member) && !client.json().get(member).equals(value),
                Violation.metadata(member, "not_fapi", member + " must be " + value + " under FAPI"));
    }
}
