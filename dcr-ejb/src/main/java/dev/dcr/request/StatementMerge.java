package dev.dcr.request;

import static java.util.function.Predicate.not;

import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.Member;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * RFC 7591 §3.1.1: what a software statement says takes precedence over what the request says. Open banking's names for
 * client metadata count as the standard ones. Lists that a client may narrow stay as requested where it names them; the
 * rules see to it that nothing is added there.
 */
final class StatementMerge {
    /** Open banking's claims by the name of the member that they set; the standard name wins where both are there. */
    private static final Map<String, String> OPEN_BANKING = Map.of(
            "software_redirect_uris", "redirect_uris",
            "software_client_name", "client_name",
            "software_client_uri", "client_uri",
            "software_logo_uri", "logo_uri",
            "software_tos_uri", "tos_uri",
            "software_policy_uri", "policy_uri",
            "software_jwks_endpoint", "jwks_uri",
            "software_jwks_uri", "jwks_uri");

    /** Members that a request may narrow within what its statement allows. */
    private static final Set<String> NARROWED = Set.of("redirect_uris", "scope");

    /** Claims about the statement itself (RFC 7519 §4.1), never about the client. */
    private static final Set<String> OWN = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

    private StatementMerge() {}

    /**
     * The client metadata that a statement's claims set, under their standard names.
     *
     * @param known whether a claim of this name is client metadata
     */
    static JsonObject metadataOf(JsonObject claims, Predicate<String> known) {
        var metadata = new LinkedHashMap<String, JsonValue>();
        // standard names first, then the others in an order that is not the claims' own
        var names = new TreeMap<String, String>(OPEN_BANKING);
        Stream.concat(claims.keySet().stream().filter(not(names::containsKey)), names.keySet().stream())
                .filter(claim -> !OWN.contains(claim) && !saysNothing(claims.getOrDefault(claim, JsonValue.NULL)))
                .filter(claim -> known.test(names.getOrDefault(claim, claim)))
                .forEach(claim -> metadata.putIfAbsent(names.getOrDefault(claim, claim), claims.get(claim)));
        metadata.computeIfPresent("software_version", (member, version) -> asString(version));
        return object(metadata);
    }

    /** Directories fill in what they do not know with {@code null}, an empty string or an empty list. */
    private static boolean saysNothing(JsonValue value) {
        return value.equals(JsonValue.NULL)
                || value.equals(JsonValue.EMPTY_JSON_ARRAY)
                || (value instanceof JsonString text && text.getString().isBlank());
    }

    /** What is registered: the request's members, and the statement's over them. */
    static ClientMetadata merge(ClientMetadata requested, ClientMetadata stated) {
        var merged = new LinkedHashMap<String, JsonValue>(requested.json());
        if (stated.has("jwks") || stated.has("jwks_uri")) {
            merged.remove("jwks");
            merged.remove("jwks_uri");
        }
        merged.keySet().removeIf(name -> isOverruled(name, stated));
        stated.json().forEach((member, value) -> {
            if (!NARROWED.contains(member) || namesNone(merged.get(member))) merged.put(member, value);
        });
        return new ClientMetadata(object(merged));
    }

    /**
     * What would say otherwise under another name: a translation of what the statement says, and the choices beside a
     * value that it fixes.
     */
    private static boolean isOverruled(String name, ClientMetadata stated) {
        var member = Member.named(name);
        return member.filter(row -> !row.name().equals(name) && stated.has(row.name()))
                        .isPresent()
                || member.flatMap(Member::chooses).filter(stated::has).isPresent();
    }

    private static boolean namesNone(JsonValue list) {
        return list == null || list.equals(JsonValue.EMPTY_JSON_ARRAY);
    }

    /** A client that asks for no scope gets all that the roles of its software open, if roles open any here. */
    static ClientMetadata granting(Set<String> scopes, ClientMetadata metadata) {
        if (scopes.isEmpty() || metadata.has("scope")) return metadata;
        var members = new LinkedHashMap<String, JsonValue>(metadata.json());
        members.put("scope", StrictJson.PROVIDER.createValue(String.join(" ", scopes)));
        return new ClientMetadata(object(members));
    }

    /** RFC 7591 §2 has a string here; open banking directories write a number. */
    private static JsonValue asString(JsonValue version) {
        return version instanceof JsonString ? version : StrictJson.PROVIDER.createValue(version.toString());
    }

    private static JsonObject object(Map<String, JsonValue> members) {
        var builder = StrictJson.PROVIDER.createObjectBuilder();
        members.forEach(builder::add);
        return builder.build();
    }
}
