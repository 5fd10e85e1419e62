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
 * @param chooses     the single-valued member whose value is picked from this list, which is itself not registered
 *                    (OpenID Connect RP Metadata Choices §2)
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
        Optional<String> chooses,
        boolean taggable,
        boolean serverOwned) {

    Member(String name, MemberType type, String source) {
        this(name, type, source, Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), false, false);
    }

    Member among(Set<String> values) {
        return new Member(name, type, source, values, standard, needs, chooses, taggable, serverOwned);
    }

    Member byDefault(JsonValue value) {
        return new Member(name, type, source, allowed, Optional.of(value), needs, chooses, taggable, serverOwned);
    }

    Member needing(String other) {
        return new Member(name, type, source, allowed, standard, Optional.of(other), chooses, taggable, serverOwned);
    }

    Member choosing(String single) {
        return new Member(name, type, source, allowed, standard, needs, Optional.of(single), taggable, serverOwned);
    }

    Member tagged() {
        return new Member(name, type, source, allowed, standard, needs, chooses, true, serverOwned);
    }

    Member owned() {
        return new Member(name, type, source, allowed, standard, needs, chooses, taggable, true);
    }

    /** Every member known, in the order in which they are documented and checked. */
    public static List<Member> all() {
        return Registry.TABLE;
    }

    /** Those that list values for another member to be chosen from (OIDC RP Metadata Choices §2). */
    public static List<Member> choices() {
        return Registry.CHOICES;
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
