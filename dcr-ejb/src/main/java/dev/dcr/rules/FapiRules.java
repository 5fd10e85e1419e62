package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;
import static java.util.function.Predicate.not;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.ClientUri;
import dev.dcr.metadata.Jose;
import dev.dcr.metadata.Member;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** FAPI 1.0 Advanced and FAPI 2.0 Security Profile, as far as they bind what a client registers. */
final class FapiRules {
    private static final Set<String> METHODS =
            Set.of("private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth");
    private static final Set<String> SIGNATURES = Set.of("PS256", "ES256", "EdDSA", "Ed25519");
    private static final Set<Set<String>> RESPONSE_TYPES = Set.of(Set.of("code"), Set.of("code", "id_token"));

    private FapiRules() {}

    /** The rules of the profile {@code fapi}. */
    static List<Rule> ofProfile() {
        return List.of(
                onMetadata(FapiRules::authentication),
                onMetadata(FapiRules::algorithms),
                onMetadata(FapiRules::responseTypes),
                onMetadata(FapiRules::passwords),
                onMetadata(FapiRules::redirectUris),
                onMetadata(FapiRules::push));
    }

    /** The rules of {@code oauth.dcr.enable_fapi_enforcement}, whatever the profile. */
    static List<Rule> enforced() {
        return List.of(
                onMetadata(FapiRules::authentication),
                onMetadata(FapiRules::algorithms),
                onMetadata(client -> mustBeTrue("require_signed_request_object", client)),
                onMetadata(client -> mustBeTrue("tls_client_certificate_bound_access_tokens", client)));
    }

    /** Whether a member may not have the value under FAPI, though others may give it. */
    static boolean forbids(Member member, String value) {
        if (member.name().equals("token_endpoint_auth_method")) return !METHODS.contains(value);
        return value.equals(Jose.RSA1_5) || (isSignature(member) && !SIGNATURES.contains(value));
    }

    private static boolean isSignature(Member member) {
        return member.allowed().contains("PS256");
    }

    /** FAPI 1.0 Advanced §5.2.2-14, FAPI 2.0 §5.3.2.1. */
    private static Stream<Violation> authentication(ClientMetadata client) {
        return Breach.value(
                client,
                "token_endpoint_auth_method",
                not(METHODS::contains),
                "not_fapi",
                "must be private_key_jwt, tls_client_auth or self_signed_tls_client_auth under FAPI");
    }

    /** FAPI 1.0 Advanced §8.6 and §8.6.1, FAPI 2.0 §5.4: no other signatures, and no RSA with PKCS #1 v1.5 padding. */
    private static Stream<Violation> algorithms(ClientMetadata client) {
        return Member.all().stream()
                .filter(member -> member.name().endsWith("_alg"))
                .flatMap(member -> Breach.value(
                        client,
                        member.name(),
                        algorithm -> forbids(member, algorithm),
                        "not_fapi",
                        isSignature(member)
                                ? "must be PS256, ES256 or EdDSA under FAPI"
                                : "must be another one under FAPI"));
    }

    /** FAPI 1.0 Advanced §5.2.2-2, FAPI 2.0 §5.3.2.2. */
    private static Stream<Violation> responseTypes(ClientMetadata client) {
        return Breach.elements(
                client,
                "response_types",
                type -> !RESPONSE_TYPES.contains(GrantTypes.words(type)),
                "not_fapi",
                "must be code or code id_token under FAPI");
    }

    /** FAPI 2.0 §5.3.2.1. */
    private static Stream<Violation> passwords(ClientMetadata client) {
        return Breach.elements(client, "grant_types", "password"::equals, "not_fapi", "is not allowed under FAPI");
    }

    /** FAPI 1.0 Baseline §5.2.2-20, FAPI 2.0 §5.3.2.2: https, but for a native client on its own device. */
    private static Stream<Violation> redirectUris(ClientMetadata client) {
        return Breach.elements(
                client,
                "redirect_uris",
                text -> ClientUri.parse(text)
                        .filter(uri -> !uri.isHttps() && !(uri.scheme().equals("http") && uri.isLoopback()))
                        .isPresent(),
                "not_https",
                "must use https under FAPI");
    }

    /** FAPI CIBA §5.2.2. */
    private static Stream<Violation> push(ClientMetadata client) {
        return Breach.value(
                client,
                "backchannel_token_delivery_mode",
                "push"::equals,
                "not_fapi",
                "must be poll or ping under FAPI");
    }

    private static Stream<Violation> mustBeTrue(String member, ClientMetadata client) {
        return Breach.when(
                JsonValue.FALSE.equals(client.json().get(member)), member, "not_fapi", "must be true, or left out");
    }
}
