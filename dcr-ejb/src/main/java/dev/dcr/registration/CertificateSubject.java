package dev.dcr.registration;

import dev.dcr.metadata.DistinguishedName;
import dev.dcr.metadata.NameAttribute;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whom a certificate of an open banking directory is of. Empty if its subject names nobody. */
record CertificateSubject(Optional<DistinguishedName> name) {

    static CertificateSubject of(X509Certificate certificate) {
        return new CertificateSubject(DistinguishedName.of(certificate.getSubjectX500Principal()));
    }

    /** Whether this is the name, which a client has registered as {@code tls_client_auth_subject_dn} (RFC 8705 §2.1.2). */
    boolean is(String registered) {
        return name.isPresent() && name.equals(DistinguishedName.parse(registered));
    }

    /**
     * Whether it is of the organisation. Directories write their {@code org_id} as {@code OU} or {@code CN}, or at the end
     * of {@code organizationIdentifier} (ETSI TS 119 412-1 §5.1.4), behind the scheme and a hyphen:
     * {@code PSDGB-OB-0015800001041REAAY}, {@code OFBBR-d4b0ec1a-...}.
     */
    boolean isOfOrganization(String id) {
        var wanted = NameAttribute.prepared(id);
        return !wanted.isEmpty()
                && (any(wanted::equals, "OU", "CN")
                        || any(
                                found -> found.equals(wanted) || found.endsWith("-" + wanted),
                                "organizationIdentifier"));
    }

    /** Whether it is of the software, whose {@code software_id} Brazil writes as {@code UID} and others as {@code CN}. */
    boolean isOfSoftware(String id) {
        var wanted = NameAttribute.prepared(id);
        return !wanted.isEmpty() && any(wanted::equals, "UID", "CN");
    }

    private boolean any(Predicate<String> found, String... types) {
        return name.stream()
                .flatMap(known -> Stream.of(types).flatMap(known::values))
                .anyMatch(found);
    }
}
