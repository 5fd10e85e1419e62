package dev.dcr.registration;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/**
 * How a certificate's subject names its organisation. Directories of open banking write their {@code org_id} as
 * {@code OU} or {@code CN}, or at the end of {@code organizationIdentifier} (ETSI TS 119 412-1 §5.1.4), behind the scheme
 * and a hyphen: {@code PSDGB-OB-0015800001041REAAY}, {@code OFBBR-d4b0ec1a-...}.
 *
 * @param units       {@code OU} and {@code CN}
 * @param identifiers {@code organizationIdentifier}
 */
record SubjectOrganization(List<String> units, List<String> identifiers) {
    private static final Map<String, String> NAMES = Map.of("2.5.4.97", "organizationIdentifier");

    static SubjectOrganization of(X509Certificate certificate) {
        var units = new ArrayList<String>();
        var identifiers = new ArrayList<String>();
        try {
            // from DER by the platform: whatever the issuer encoded comes as RFC 2253 text, of whichever string type
            var subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, NAMES);
            for (var part : new LdapName(subject).getRdns()) {
                for (var attributes = part.toAttributes().getAll(); attributes.hasMore(); ) {
                    var attribute = attributes.next();
                    switch (attribute.getID().toLowerCase(Locale.ROOT)) {
                        case "ou", "cn" -> addTo(units, attribute);
                        case "organizationidentifier" -> addTo(identifiers, attribute);
                        default -> {}
                    }
                }
            }
        } catch (InvalidNameException strange) {
            return new SubjectOrganization(List.of(), List.of());
        } catch (NamingException inMemory) {
            throw new IllegalStateException(inMemory);
        }
        return new SubjectOrganization(List.copyOf(units), List.copyOf(identifiers));
    }

    /** RFC 4518 §2: neither case nor the number of blanks counts. */
    boolean isNamed(String id) {
        var wanted = plain(id);
        return !wanted.isEmpty()
                && (units.stream().anyMatch(unit -> plain(unit).equals(wanted))
                        || identifiers.stream()
                                .map(SubjectOrganization::plain)
                                .anyMatch(
                                        identifier -> identifier.equals(wanted) || identifier.endsWith("-" + wanted)));
    }

    private static void addTo(List<String> values, Attribute attribute) throws NamingException {
        for (var all = attribute.getAll(); all.hasMore(); ) {
            if (all.next() instanceof String text) values.add(text);
        }
    }

    private static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
