package dev.dcr.metadata;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One row of the table of client metadata: what a specification says about a member whatever the client.
 *
 * @param name        the member's name, without a language tag
 * @param type        the JSON value it takes
 * @param source      the section that defines it
 * @param allowed     the values it may take, each element of a list for itself; empty where they are not enumerated
 * @param standard    its default, where a specification gives one
 * @param needs       the member that must stand beside it
 * @param taggable    whether it may be given in several languages, as {@code client_name#fr} (RFC 7591 §2.2)
 * @param serverOwned whether this server alone sets it
 */
public record Member(
        String name,
        MemberType type,
        String source,
        Set<String> allowed,
        Optional<JsonValue> standard,
        Optional<String> needs,
        boolean taggable,
        boolean serverOwned) {

    Member(String name, MemberType type, String source) {
        this(name, type, source, Set.of(), Optional.empty(), Optional.empty(), false, false);
    }

    Member among(Set<String> values) {
        return new Member(name, type, source, values, standard, needs, taggable, serverOwned);
    }

    Member byDefault(JsonValue value) {
        return new Member(name, type, source, allowed, Optional.of(value), needs, taggable, serverOwned);
    }

    Member needing(String other) {
        return new Member(name, type, source, allowed, standard, Optional.of(other), taggable, serverOwned);
    }

    Member tagged() {
        return new Member(name, type, source, allowed, standard, needs, true, serverOwned);
    }

    Member owned() {
        return new Member(name, type, source, allowed, standard, needs, taggable, true);
    }

    /** Every member known, in the order in which they are documented and checked. */
    public static List<Member> all() {
        return Registry.TABLE;
    }

    /** The row of a member, by its name with or without a well-formed language tag. */
    public static Optional<Member> named(String name) {
        return Registry.find(name);
    }

    /** Whether this server alone sets the member: RFC 7591 §3.2.1 and RFC 7592 §3. */
    public static boolean isServerOwned(String name) {
        return named(name).filter(Member::serverOwned).isPresent();
    }
}
