package dev.dcr.rules;

import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** The string form of an X.500 name (RFC 4514), {@code OID=#hex} included. */
final class DistinguishedName {
    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z][A-Za-z0-9-]*|(OID\\.)?[0-2](\\.(0|[1-9][0-9]*))+", Pattern.CASE_INSENSITIVE);

    private DistinguishedName() {}

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
