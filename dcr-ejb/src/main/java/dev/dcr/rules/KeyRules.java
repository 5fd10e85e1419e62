package dev.dcr.rules;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.Jose;
import dev.dcr.request.VerifiedRequest;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The public keys of a client: each of them sound, and one among them for everything that uses one. */
final class KeyRules implements Rule {
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

    @Override
    public Stream<Violation> check(VerifiedRequest request) {
        var client = request.metadata();
        if (!isSet(client)) {
            return Stream.of(
                    Breach.of("jwks.keys", "wrong_type", "must be a list of at most " + LONGEST_SET + " objects"));
        }
        var keys = members(client).stream().map(ClientKey::read).toList();
        return Stream.of(
                        byValueOrByReference(client),
                        eachKey(keys),
                        distinctIds(members(client)),
                        keyOfPrivateKeyJwt(client, keys),
                        certificateOfSelfSigned(client, keys),
                        KEYED.stream().flatMap(member -> keyOf(member, client, keys)))
                .flatMap(violations -> violations);
    }

    /** RFC 7517 §5: a JWK set has {@code keys}, a list of JWKs. */
    private static boolean isSet(ClientMetadata client) {
        if (!client.has("jwks")) return true;
        return client.jwks().map(set -> set.get("keys")).orElse(JsonValue.NULL) instanceof JsonArray list
                && list.size() <= LONGEST_SET
                && list.stream().allMatch(JsonObject.class::isInstance);
    }

    private static List<JsonObject> members(ClientMetadata client) {
        return client.jwks()
                .map(set -> set.getJsonArray("keys").getValuesAs(JsonObject.class))
                .orElse(List.of());
    }

    /** RFC 7591 §2: "The jwks_uri and jwks parameters MUST NOT both be present in the same request or response." */
    private static Stream<Violation> byValueOrByReference(ClientMetadata client) {
        return Breach.when(
                client.has("jwks") && client.has("jwks_uri"),
                "jwks_uri",
                "exclusive",
                "must not stand beside jwks: register one of them");
    }

    private static Stream<Violation> eachKey(List<ClientKey> keys) {
        return IntStream.range(0, keys.size())
                .boxed()
                .flatMap(i -> keys.get(i).faults().stream()
                        .map(fault -> Breach.of("jwks.keys[" + i + "]", fault.code(), fault.demand())));
    }

    /** RFC 7517 §4.5: different keys of a set have distinct {@code kid} values. */
    private static Stream<Violation> distinctIds(List<JsonObject> keys) {
        var ids = keys.stream().map(key -> key.getString("kid", "")).toList();
        return IntStream.range(0, ids.size())
                .filter(i -> !ids.get(i).isEmpty() && ids.subList(0, i).contains(ids.get(i)))
                .mapToObj(i ->
                        Breach.of("jwks.keys[" + i + "].kid", "duplicate_kid", "must differ from that of other keys"));
    }

    /** OIDC Core §9: the server checks the client's assertion with a registered key. */
    private static Stream<Violation> keyOfPrivateKeyJwt(ClientMetadata client, List<ClientKey> keys) {
        if (!ClientAuthentication.isBy("private_key_jwt", client)) return Stream.empty();
        return need("private_key_jwt", client.string("token_endpoint_auth_signing_alg"), client, keys);
    }

    private static Stream<Violation> keyOf(String member, ClientMetadata client, List<ClientKey> keys) {
        var algorithm = client.string(member).filter(Jose::isAsymmetric);
        // no specification makes a client register keys for these; but where it does, one of them must serve
        return algorithm.isEmpty() || !client.has("jwks") ? Stream.empty() : need(member, algorithm, client, keys);
    }

    private static Stream<Violation> need(
            String what, Optional<String> algorithm, ClientMetadata client, List<ClientKey> keys) {
        if (client.has("jwks_uri")) return Stream.empty();
        if (!client.has("jwks")) {
            return Stream.of(Breach.of("jwks", "required", "or jwks_uri is needed for " + what));
        }
        var usable =
                keys.stream().anyMatch(key -> algorithm.map(key::isUsableFor).orElseGet(key::canSign));
        var use = algorithm.map(name -> what + " with " + name).orElse(what);
        return Breach.when(!usable, "jwks", "no_usable_key", "must hold a key that can be used for " + use);
    }

    /** RFC 8705 §2.2.2: the certificate is found in the client's JWK set, as the {@code x5c} of a key. */
    private static Stream<Violation> certificateOfSelfSigned(ClientMetadata client, List<ClientKey> keys) {
        return Breach.when(
                ClientAuthentication.isBy("self_signed_tls_client_auth", client)
                        && !client.has("jwks_uri")
                        && keys.stream().noneMatch(ClientKey::hasCertificate),
                "jwks",
                "no_certificate",
                "must hold a key with x5c, or jwks_uri must be there, for self_signed_tls_client_auth");
    }
}
