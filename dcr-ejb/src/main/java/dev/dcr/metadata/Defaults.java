package dev.dcr.metadata;

import dev.dcr.json.StrictJson;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Completes what a client said with the values that the specifications put in the place of what it left out. */
public final class Defaults {
    private final Map<String, String> ofProfile;
    /** What has a default by the profile, or beside the member that it needs. */
    private final List<Member> completed;

    private final boolean fapiEnforcement;
    private final BiPredicate<Member, String> supported;

    /**
     * @param ofProfile       what this ecosystem puts in the place of members that are left out, beyond RFC 7591 §2
     * @param fapiEnforcement whether clients are made to sign their requests and to bind their tokens
     * @param supported       whether a member may have a value here, for the server to pick from a client's choices
     */
    public Defaults(Map<String, String> ofProfile, boolean fapiEnforcement, BiPredicate<Member, String> supported) {
        this.ofProfile = Map.copyOf(ofProfile);
        this.completed = Member.all().stream()
                .filter(member -> member.needs().isPresent() || ofProfile.containsKey(member.name()))
                .toList();
        this.fapiEnforcement = fapiEnforcement;
        this.supported = supported;
    }

    /** The metadata with its defaults, which are registered and returned as if the client had sent them. */
    public ClientMetadata apply(ClientMetadata explicit) {
        var members = new LinkedHashMap<String, JsonValue>(explicit.json());
        Member.choices().stream()
                .filter(member -> members.containsKey(member.name()))
                .forEach(choice ->
                        choice.chooses().flatMap(Member::named).ifPresent(single -> pick(members, choice, single)));
        fillList(members, "grant_types");
        // RFC 7591 §2 has "code" for every client; one that never comes to the authorization endpoint cannot use it
        if (read(members).grantTypes().contains("authorization_code")) fillList(members, "response_types");
        fill(members, "token_endpoint_auth_method");
        completed.stream()
                .filter(member -> member.needs().map(members::containsKey).orElse(true))
                .forEach(member -> fill(members, member.name()));
        if (fapiEnforcement) enforceFapi(members);
        return read(members);
    }

    /**
     * RP Metadata Choices §2 and §3: the client's preferred value if it will do, else the first of its choices that
     * will; the choices "MUST only be used as input values to registration requests".
     */
    private void pick(Map<String, JsonValue> members, Member choice, Member single) {
        var choices = read(members).strings(choice.name());
        Stream.concat(read(members).string(single.name()).stream(), choices.stream())
                .filter(value -> choices.contains(value) && supported.test(single, value))
                .findFirst()
                .ifPresent(value -> members.put(single.name(), StrictJson.PROVIDER.createValue(value)));
        members.remove(choice.name());
    }

    /** An empty list asks for nothing, as a missing one does (RFC 7592 §2.2). */
    private void fillList(Map<String, JsonValue> members, String member) {
        members.remove(member, JsonValue.EMPTY_JSON_ARRAY);
        fill(members, member);
    }

    private void fill(Map<String, JsonValue> members, String member) {
        Optional.ofNullable(ofProfile.get(member))
                .<JsonValue>map(StrictJson.PROVIDER::createValue)
                .or(() -> Member.named(member).flatMap(Member::standard))
                .ifPresent(value -> members.putIfAbsent(member, value));
    }

    private static void enforceFapi(Map<String, JsonValue> members) {
        members.putIfAbsent("require_signed_request_object", JsonValue.TRUE);
        members.putIfAbsent("tls_client_certificate_bound_access_tokens", JsonValue.TRUE);
        members.putIfAbsent("token_endpoint_allow_reuse_pvt_key_jwt", JsonValue.FALSE);
    }

    private static ClientMetadata read(Map<String, JsonValue> members) {
        var builder = StrictJson.PROVIDER.createObjectBuilder();
        members.forEach(builder::add);
        return new ClientMetadata(builder.build());
    }
}
