package dev.dcr.rules;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;

/** The string form of an X.500 name (RFC 4514), {@code OID=#hex} included. */
final class DistinguishedName {
    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z][A-Za-z0-9-]*|(OID\\.)?[0-2](\\.(0|[1-9][0-9]*))+", Pattern.CASE_INSENSITIVE);

    /** RFC 4514 §3: the attribute types that everybody knows by name. */
    private static final Set<String> NAMED = Set.of("CN", "L", "ST", "O", "OU", "C", "STREET", "DC", "UID");

    private static final Pattern OID = Pattern.compile("[0-2](\\.(0|[1-9][0-9]*))+");

    private DistinguishedName() {}

    /**
     * Whether anybody reads the name alike: types by the names of RFC 4514 §3 with their values as text, any other by its
     * OID with the value in hexadecimal.
     */
    static boolean isPortable(String text) {
        try {
            return new LdapName(text)
                    .getRdns().stream()
                            .flatMap(
                                    part -> Collections.list(part.toAttributes().getAll()).stream())
                            .allMatch(DistinguishedName::isPortable);
        } catch (InvalidNameException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isPortable(Attribute attribute) {
        var type = attribute.getID();
        try {
            return attribute.get() instanceof byte[]
                    ? OID.matcher(type).matches()
                    : NAMED.contains(type.toUpperCase(Locale.ROOT));
        } catch (NamingException malformed) {
            return false;
        }
    }

    /** Whether the text is a name of at least one part. */
    static boolean isValid(String text) {
        try {
            var parts = new LdapName(text).getRdns();
            // LdapName accepts the separators of RFC 2253 too, and any attribute type
            return !parts.isEmpty()
                    && parts.stream()
                            .allMatch(part -> TYPE.matcher(part.getType()).matches()
                                    && !part.getValue().equals(""));
        } catch (InvalidNameException | IllegalArgumentException malformed) {
            return false;
        }
    }
}
