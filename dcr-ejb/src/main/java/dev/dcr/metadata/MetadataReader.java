package dev.dcr.metadata;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads the members of a request into client metadata: known ones of their proper type. What a member means, and
 * whether its value is good for this client, is for the rules to say.
 */
public final class MetadataReader {
    /** RFC 7591 §3.1.1: it stands beside the metadata, in requests as in replies. */
    private static final String STATEMENT = "software_statement";

    /** RFC 7519 §4.1: claims of a signed request that are about the request. */
    private static final Set<String> CLAIMS = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

    /** Most members of a request accepted. */
    static final int MOST_MEMBERS = 500;

    /** Most languages of one member accepted. */
    static final int MOST_LANGUAGES = 50;

    private final UnknownMetadata unknown;
    private final Set<String> configured;

    /**
     * @param unknown    what becomes of a member that nobody knows
     * @param configured members that the operator's configuration makes known beside the table, with any value
     */
    public MetadataReader(UnknownMetadata unknown, Set<String> configured) {
        this.unknown = unknown;
        this.configured = Set.copyOf(configured);
    }

    /**
     * What was read.
     *
     * @param metadata    the members that are known and well-formed, without defaults
     * @param serverOwned the members that the request names though this server alone sets them; they are left out.
     *                    RFC 7591 §3.1 has them ignored in a new registration, RFC 7592 §2.2 refused in an update
     * @param violations  one for each member, or list element, of the wrong form, and for too many of them
     */
    public record Read(ClientMetadata metadata, Set<String> serverOwned, List<Violation> violations) {}

    /** Reads a request's members. A {@code null} is as good as a member left out (RFC 7592 §2.2). */
    public Read read(JsonObject requested) {
        var kept = StrictJson.PROVIDER.createObjectBuilder();
        var owned = new TreeSet<String>();
        var violations = new ArrayList<>(tooMany(requested.keySet()));
        requested.entrySet().stream().limit(MOST_MEMBERS).forEach(member -> {
            var name = member.getKey();
            var value = member.getValue();
            if (isLeftOut(name, value) || name.equals(STATEMENT)) return;
            if (Member.isServerOwned(name)) {
                owned.add(name);
                return;
            }
            var faults = faults(name, value).toList();
            violations.addAll(faults);
            if (faults.isEmpty() && isKept(name)) kept.add(name, value);
        });
        violations.sort(comparing(Violation::field));
        return new Read(new ClientMetadata(kept.build()), owned, List.copyOf(violations));
    }

    /** Each member is bounded by its {@link Shape}; this bounds their number, which tags of languages would leave open. */
    private static List<Violation> tooMany(Set<String> names) {
        var languages = names.stream().filter(LanguageTag::isTagged).collect(groupingBy(LanguageTag::base, counting()));
        var violations = new ArrayList<Violation>();
        if (names.size() > MOST_MEMBERS)
            violations.add(
                    Violation.metadata("", "too_many", "a request must have at most " + MOST_MEMBERS + " members"));
        languages.forEach((name, number) -> {
            if (number > MOST_LANGUAGES)
                violations.add(Violation.metadata(
                        shown(name),
                        "too_many_languages",
                        shown(name) + " must be given in at most " + MOST_LANGUAGES + " languages"));
        });
        return violations;
    }

    /** RFC 6749 §3.3 has no empty scope, but clients send one where their user has named none. */
    private static boolean isLeftOut(String name, JsonValue value) {
        return value.equals(JsonValue.NULL)
                || (name.equals("scope")
                        && value instanceof JsonString scope
                        && scope.getString().isEmpty());
    }

    /** Whether a member of this name is client metadata here. */
    public boolean isKnown(String name) {
        return configured.contains(name) || Member.named(name).isPresent();
    }

    /** Whether a member of this name is about the request rather than about the client. */
    public static boolean isEnvelope(String name) {
        return name.equals(STATEMENT) || CLAIMS.contains(name);
    }

    private boolean isKept(String name) {
        if (isKnown(name)) return true;
        return unknown == UnknownMetadata.STORE && !isEnvelope(name);
    }

    private Stream<Violation> faults(String name, JsonValue value) {
        var member = Member.named(name);
        if (member.isPresent()) {
            var faults = member.get()
                    .type()
                    .shape()
                    .faults(value)
                    .map(fault -> violation(name, fault))
                    .toList();
            return faults.isEmpty() ? textFault(name, value) : faults.stream();
        }
        if (isKept(name)) return textFault(name, value);
        if (unknown == UnknownMetadata.REJECT && !isEnvelope(name)) {
            return Stream.of(Violation.metadata(
                    shown(name),
                    "unknown_member",
                    Quoted.of(name) + " is no client metadata that this server knows; leave it out"));
        }
        return Stream.empty();
    }

    private static Stream<Violation> textFault(String name, JsonValue value) {
        return Text.isStorable(value) && Text.isStorable(name)
                ? Stream.empty()
                : Stream.of(violation(
                        name,
                        new Shape.Fault(
                                "", "bad_character", "must not hold control characters or unpaired surrogates")));
    }

    private static Violation violation(String name, Shape.Fault fault) {
        var field = shown(name) + fault.at();
        var message = field + " " + fault.demand();
        return name.equals("redirect_uris")
                ? Violation.redirectUri(field, fault.code(), message)
                : Violation.metadata(field, fault.code(), message);
    }

    /** A name fit for the reply: known ones are ASCII, all others are as the caller chose them. */
    private static String shown(String name) {
        if (Member.named(name).isPresent()) return name;
        var quoted = Quoted.of(name);
        return quoted.substring(1, quoted.length() - 1);
    }
}
