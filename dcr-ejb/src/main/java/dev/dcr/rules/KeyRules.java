package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;
import static dev.dcr.rules.Rule.when;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.Jose;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The public keys of a client: each of them sound, and one there for everything that needs one. */
final class KeyRules {
    private static final int LONGEST_SET = 100;

    /** Members whose algorithm, where it is asymmetric, is used with a key of the client. */
    private static final List<String> KEYED = List.of(
            "request_object_signing_alg",
            "backchannel_authentication_request_signing_alg",
            "id_token_encrypted_response_alg",
            "userinfo_encrypted_response_alg",
            "introspection_encrypted_response_alg",
            "authorization_encrypted_response_alg",
            "nfv_token_encrypted_response_alg");

    private KeyRules() {}

    static List<Rule> all() {
        return List.of(
                onMetadata(KeyRules::byValueOrByReference),
                onMetadata(KeyRules::form),
                onMetadata(KeyRules::eachKey),
                onMetadata(KeyRules::distinctIds),
                onMetadata(KeyRules::keyOfPrivateKeyJwt),
                onMetadata(KeyRules::certificateOfSelfSigned),
                onMetadata(client -> KEYED.stream().flatMap(member -> keyFor(client, member))));
    }

    /** RFC 7591 §2: "The jwks_uri and jwks parameters MUST NOT both be present in the same request or response." */
    private static Stream<Violation> byValueOrByReference(ClientMetadata client) {
        return when(
                client.has("jwks") && client.has("jwks_uri"),
                Violation.metadata(
                        "jwks_uri", "exclusive", "jwks_uri must not stand beside jwks: register one of them"));
    }

    private static Stream<Violation> form(ClientMetadata client) {
        if (!client.has("jwks")) return Stream.empty();
        var list = client.jwks().map(set -> set.get("keys")).orElse(JsonValue.NULL);
        if (!(list instanceof JsonArray keys) || keys.stream().anyMatch(key -> !(key instanceof JsonObject))) {
            return Stream.of(Violation.metadata(
                    "jwks.keys", "wrong_type", "jwks must be a JWK set: an object with keys, a list of objects"));
        }
        return when(
                keys.size() > LONGEST_SET,
                Violation.metadata(
                        "jwks.keys", "too_many", "jwks.keys must have at most " + LONGEST_SET + " elements"));
    }

    private static Stream<Violation> eachKey(ClientMetadata client) {
        var keys = keys(client);
        return IntStream.range(0, keys.size())
                .boxed()
                .flatMap(i -> keys.get(i).faults().stream()
                        .map(fault -> Violation.metadata(
                                "jwks.keys[" + i + "]", fault.code(), "jwks.keys[" + i + "] " + fault.demand())));
    }

    /** RFC 7517 §4.5: different keys of a set SHOULD have distinct {@code kid} values. */
    private static Stream<Violation> distinctIds(ClientMetadata client) {
        var ids = members(client).stream().map(key -> key.getString("kid", "")).toList();
        return IntStream.range(0, ids.size())
                .filter(i -> !ids.get(i).isEmpty() && ids.subList(0, i).contains(ids.get(i)))
                .mapToObj(i -> Violation.metadata(
                        "jwks.keys[" + i + "].kid",
                        "duplicate_kid",
                        "jwks.keys[" + i + "] must have a kid of its own"));
    }

    /** OIDC Core §9: the server checks the client's assertion with a registered key. */
    private static Stream<Violation> keyOfPrivateKeyJwt(ClientMetadata client) {
        if (client.authMethod().filter("private_key_jwt"::equals).isEmpty()) return Stream.empty();
        var algorithm = client.string("token_endpoint_auth_signing_alg");
        return need(client, "private_key_jwt", algorithm);
    }

    private static Stream<Violation> keyFor(ClientMetadata client, String member) {
        return client
                .string(member)
                .filter(algorithm -> Jose.isSignature(algorithm) || Jose.encryptsToPublicKey(algorithm))
                .stream()
                .flatMap(algorithm -> need(client, member, Optional.of(algorithm)));
    }

    private static Stream<Violation> need(ClientMetadata client, String what, Optional<String> algorithm) {
        if (client.has("jwks_uri")) return Stream.empty();
        if (!client.has("jwks")) {
            return Stream.of(Violation.metadata(
                    "jwks", "required", what + " needs the client's public keys: register jwks_uri or jwks"));
        }
        var usable = keys(client).stream()
                .anyMatch(key -> algorithm.map(key::isUsableFor).orElseGet(key::canSign));
        return when(
                !usable,
                Violation.metadata(
                        "jwks",
                        "no_usable_key",
                        "jwks holds no key that " + what
                                + algorithm.map(name -> " can use with " + name).orElse(" can use")));
    }

    /** RFC 8705 §2.2.2: the certificate is found in the client's JWK set, as the {@code x5c} of a key. */
    private static Stream<Violation> certificateOfSelfSigned(ClientMetadata client) {
        if (client.authMethod().filter("self_signed_tls_client_auth"::equals).isEmpty() || client.has("jwks_uri"))
            return Stream.empty();
        return when(
                keys(client).stream().noneMatch(ClientKey::hasCertificate),
                Violation.metadata(
                        "jwks",
                        "no_certificate",
                        "self_signed_tls_client_auth needs the client's certificate: register jwks_uri, or jwks with a key that has x5c"));
    }

    private static List<ClientKey> keys(ClientMetadata client) {
        return members(client).stream().map(ClientKey::read).toList();
    }

    private static List<JsonObject> members(ClientMetadata client) {
        return client.jwks().map(set -> set.get("keys")).stream()
                .filter(JsonArray.class::isInstance)
                .flatMap(keys -> keys.asJsonArray().stream())
                .filter(JsonObject.class::isInstance)
                .map(JsonValue::asJsonObject)
                .limit(LONGEST_SET)
                .toList();
    }
}
