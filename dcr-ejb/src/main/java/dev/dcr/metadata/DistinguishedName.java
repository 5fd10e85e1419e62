package dev.dcr.metadata;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * An X.500 name. Two of them are equal if they match by RFC 4517 §4.2.15 ({@code distinguishedNameMatch}): the same parts
 * in the same order, each a set of attributes, each attribute by the rule of its type.
 *
 * @param parts the relative names, the last of the text first
 */
public record DistinguishedName(List<Set<NameAttribute>> parts) {
    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z][A-Za-z0-9-]*|(OID\\.)?[0-2](\\.(0|[1-9][0-9]*))+", Pattern.CASE_INSENSITIVE);

    /** RFC 4514 §3: the attribute types that everybody knows by name. */
    private static final Set<String> NAMED = Set.of("CN", "L", "ST", "O", "OU", "C", "STREET", "DC", "UID");

    private static final Pattern OID = Pattern.compile("[0-2](\\.(0|[1-9][0-9]*))+");

    /** Reads the string form of RFC 4514, {@code OID=#hex} included. Empty unless it names something. */
    public static Optional<DistinguishedName> parse(String text) {
        try {
            var parts = new LdapName(text).getRdns();
            // LdapName accepts the separators of RFC 2253 too, and any attribute type
            return parts.isEmpty() || !parts.stream().allMatch(DistinguishedName::isNamed)
                    ? Optional.empty()
                    : Optional.of(new DistinguishedName(
                            parts.stream().map(DistinguishedName::attributes).toList()));
        } catch (InvalidNameException | IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return Optional.empty(); // the platform looks before the start of a value that is an escaped blank alone
        }
    }

    /** The name in a certificate. Empty if that names nobody. */
    public static Optional<DistinguishedName> of(X500Principal name) {
        return Der.parse(name.getEncoded())
                .map(Der::elements)
                .filter(parts -> !parts.isEmpty())
                .map(parts -> new DistinguishedName(
                        parts.stream().map(DistinguishedName::attributes).toList()));
    }

    /** RFC 5280 §4.1.2.4: a set of pairs of type and value. */
    private static Set<NameAttribute> attributes(Der part) {
        return part.elements().stream()
                .map(Der::elements)
                .map(pair -> NameAttribute.of(pair.get(0).oid(), pair.get(1)))
                .collect(toUnmodifiableSet());
    }

    /**
     * Whether anybody reads the text alike: types by the names of RFC 4514 §3 with their values as text, any other by its
     * OID with the value in hexadecimal.
     */
    public static boolean isPortable(String text) {
        try {
            return new LdapName(text)
                    .getRdns().stream()
                            .flatMap(part -> all(part).stream())
                            .allMatch(attribute -> values(attribute).stream()
                                    .allMatch(value -> value instanceof byte[]
                                            ? OID.matcher(attribute.getID()).matches()
                                            : NAMED.contains(attribute.getID().toUpperCase(Locale.ROOT))));
        } catch (InvalidNameException | IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return false;
        }
    }

    /**
     * The texts of an attribute type, as {@link NameAttribute#prepared} makes them comparable.
     *
     * @param type a name of RFC 4514 §3, or {@code organizationIdentifier} and the like, or an OID
     */
    public Stream<String> values(String type) {
        var wanted = NameAttribute.of(type, "").type();
        return parts.stream()
                .flatMap(Set::stream)
                .filter(attribute -> attribute.isText() && attribute.type().equals(wanted))
                .map(NameAttribute::value);
    }

    private static boolean isNamed(Rdn part) {
        return all(part).stream()
                .allMatch(attribute -> TYPE.matcher(attribute.getID()).matches()
                        && values(attribute).stream().noneMatch(""::equals));
    }

    private static Set<NameAttribute> attributes(Rdn part) {
        return all(part).stream()
                .flatMap(attribute -> values(attribute).stream()
                        .map(value -> value instanceof byte[] der
                                ? NameAttribute.of(attribute.getID(), der)
                                : NameAttribute.of(attribute.getID(), (String) value)))
                .collect(toUnmodifiableSet());
    }

    private static List<? extends Attribute> all(Rdn part) {
        return Collections.list(part.toAttributes().getAll());
    }

    private static List<Object> values(Attribute attribute) {
        try {
            return new ArrayList<>(Collections.list(attribute.getAll()));
        } catch (NamingException inMemory) {
            throw new IllegalStateException(inMemory);
        }
    }
}
