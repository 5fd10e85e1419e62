package dev.dcr.registration;

import static java.util.function.Predicate.isEqual;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.X509CertUtils;
import dev.dcr.access.AccessConfig;
import dev.dcr.access.AccessConfig.MutualTls;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation;
import dev.dcr.jose.KeySets;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.DistinguishedName;
import dev.dcr.statement.IssuerKeys;
import dev.dcr.statement.SoftwareStatement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Whether the caller's certificate belongs to what its software statement speaks of ({@code dcr.registration.mtls}). */
@ApplicationScoped
class StatementCertificate {
    private static final String SUBJECT = "tls_client_auth_subject_dn";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    @Inject
    AccessConfig config;

    @Inject
    IssuerKeys keys;

    /**
     * @throws RegistrationRefused with an {@code invalid_software_statement} if the statement is of somebody else, or if
     *                             the key set that it names is out of reach
     */
    void require(SoftwareStatement statement, Optional<X509Certificate> certificate) {
        var subject = certificate.map(CertificateSubject::of);
        switch (config.mutualTls()) {
            case OFF, REQUIRED -> {}
            case STATEMENT_KEYS ->
                demand(certificate.filter(shown -> isKeyOf(statement, shown)), "be that of a key in its key set");
            case STATEMENT_ORGANIZATION ->
                demand(subject.filter(shown -> isOrganizationOf(statement, shown)), "name its org_id");
            case STATEMENT_SOFTWARE ->
                demand(
                        subject.filter(shown -> isOrganizationOf(statement, shown) && isSoftwareOf(statement, shown)),
                        "name its software_id and its org_id");
        }
    }

    private static void demand(Optional<?> good, String what) {
        if (good.isEmpty())
            throw RegistrationRefused.rejecting(Violation.statement(
                    "software_statement",
                    "other_certificate",
                    "software_statement goes with another certificate: that of the connection must " + what));
    }

    /**
     * Where the certificate is the software's own, a client is known by no other name than that of the certificate shown.
     *
     * @param kept the metadata of the client as it is; by the name that it has there, it goes on being known
     * @throws RegistrationRefused if {@code tls_client_auth_subject_dn} is another name, by RFC 4517 §4.2.15
     */
    void requireSubject(ClientMetadata metadata, Optional<ClientMetadata> kept, Optional<X509Certificate> certificate) {
        if (config.mutualTls() != MutualTls.STATEMENT_SOFTWARE) return;
        var known = kept.flatMap(stored -> stored.string(SUBJECT)).map(DistinguishedName::parse);
        metadata.string(SUBJECT)
                .filter(name ->
                        known.filter(isEqual(DistinguishedName.parse(name))).isEmpty())
                .filter(name -> certificate
                        .filter(shown -> CertificateSubject.of(shown).is(name))
                        .isEmpty())
                .ifPresent(other -> {
                    throw RegistrationRefused.rejecting(Violation.metadata(
                            SUBJECT,
                            "other_certificate",
                            SUBJECT + " must be the subject of the connection's certificate"));
                });
    }

    private boolean isKeyOf(SoftwareStatement statement, X509Certificate certificate) {
        try {
            var source = keys.of(statement);
            return source.isPresent() && holdsKeyOf(certificate, source.get());
        } catch (KeySourceException e) {
            if (KeySets.isRefusedAddress(e)) return false;
            throw new RegistrationRefused(new Unavailable("the software's key set is out of reach", RETRY_AFTER), e);
        }
    }

    /** By its public key, or by its thumbprint in {@code x5t#S256}. */
    private static boolean holdsKeyOf(X509Certificate certificate, JWKSource<SecurityContext> set)
            throws KeySourceException {
        var thumbprint = X509CertUtils.computeSHA256Thumbprint(certificate);
        var named =
                new JWKMatcher.Builder().x509CertSHA256Thumbprint(thumbprint).build();
        // to ask for one key in particular has the set fetched anew, at a bounded rate, if it lacks that key
        return hasKeyOf(certificate, set)
                || !set.get(new JWKSelector(named), null).isEmpty()
                || hasKeyOf(certificate, set);
    }

    private static boolean hasKeyOf(X509Certificate certificate, JWKSource<SecurityContext> set)
            throws KeySourceException {
        return set.get(new JWKSelector(new JWKMatcher.Builder().build()), null).stream()
                .anyMatch(key -> isKeyOf(certificate, key));
    }

    private static boolean isKeyOf(X509Certificate certificate, JWK key) {
        try {
            return key instanceof AsymmetricJWK asymmetric
                    && Arrays.equals(
                            asymmetric.toPublicKey().getEncoded(),
                            certificate.getPublicKey().getEncoded());
        } catch (JOSEException notOnThisPlatform) {
            return false;
        }
    }

    private static boolean isOrganizationOf(SoftwareStatement statement, CertificateSubject subject) {
        return statement.string("org_id").filter(subject::isOfOrganization).isPresent();
    }

    private static boolean isSoftwareOf(SoftwareStatement statement, CertificateSubject subject) {
        return statement.softwareId().filter(subject::isOfSoftware).isPresent();
    }
}
