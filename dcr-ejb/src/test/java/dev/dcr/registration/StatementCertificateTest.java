package dev.dcr.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.X509CertUtils;
import dev.dcr.access.AccessConfig;
import dev.dcr.access.AccessConfig.MutualTls;
import dev.dcr.access.TestCertificate;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.jose.KeySets;
import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.outbound.OutboundConfig;
import dev.dcr.outbound.OutboundHttp;
import dev.dcr.statement.IssuerKeys;
import dev.dcr.statement.SoftwareStatement;
import dev.dcr.statement.StatementConfig;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StatementCertificateTest {
    private static final KeyPair PAIR = TestCertificate.pair();
    private static final X509Certificate CERTIFICATE = TestCertificate.of("OU=org-1,CN=app", PAIR);

    @Test
    void acceptsTheCertificateOfAKeyInTheStatementsSet() throws Exception {
        accepts(MutualTls.STATEMENT_KEYS, keys(another(), key(PAIR)));
    }

    @Test
    void acceptsACertificateThatAKeyNamesByItsThumbprint() throws Exception {
        var named = new ECKey.Builder(another())
                .x509CertSHA256Thumbprint(X509CertUtils.computeSHA256Thumbprint(CERTIFICATE))
                .build();
        accepts(MutualTls.STATEMENT_KEYS, keys(named));
    }

    @Test
    void refusesTheCertificateOfAnotherKey() throws Exception {
        refuses(MutualTls.STATEMENT_KEYS, keys(another()), Optional.of(CERTIFICATE));
        refuses(MutualTls.STATEMENT_KEYS, "'org_id': 'org-1'", Optional.of(CERTIFICATE));
        refuses(MutualTls.STATEMENT_KEYS, keys(key(PAIR)), Optional.empty());
    }

    @Test
    void acceptsTheCertificateOfTheStatementsOrganization() {
        accepts(MutualTls.STATEMENT_ORGANIZATION, "'org_id': 'org-1'");
    }

    @Test
    void refusesTheCertificateOfAnotherOrganization() {
        refuses(MutualTls.STATEMENT_ORGANIZATION, "'org_id': 'org-2'", Optional.of(CERTIFICATE));
        refuses(MutualTls.STATEMENT_ORGANIZATION, "'software_id': 'org-1'", Optional.of(CERTIFICATE));
        refuses(MutualTls.STATEMENT_ORGANIZATION, "'org_id': 'org-1'", Optional.empty());
    }

    @Test
    @DisplayName("Open Finance Brasil DCR §7.1-13 and §7.1-14: software_id and org_id are those of the certificate")
    @Tag("OFBDCR-7.1-13")
    @Tag("OFBDCR-7.1-14")
    void acceptsTheCertificateOfTheStatementsSoftware() {
        accepts(MutualTls.STATEMENT_SOFTWARE, "'org_id': 'org-1', 'software_id': 'app'");
        refuses(MutualTls.STATEMENT_SOFTWARE, "'org_id': 'org-1', 'software_id': 'app-2'", Optional.of(CERTIFICATE));
        refuses(MutualTls.STATEMENT_SOFTWARE, "'org_id': 'org-2', 'software_id': 'app'", Optional.of(CERTIFICATE));
        refuses(MutualTls.STATEMENT_SOFTWARE, "'org_id': 'org-1'", Optional.of(CERTIFICATE));
        refuses(MutualTls.STATEMENT_SOFTWARE, "'org_id': 'org-1', 'software_id': 'app'", Optional.empty());
    }

    @Test
    @DisplayName("RFC 8705 §2.1.2: the name registered is that of the certificate shown")
    @Tag("RFC8705-2.1.2-match")
    void aClientIsKnownByTheNameOfItsCertificate() {
        assertThatCode(() -> requireSubject("cn=APP,OU=org-1", Optional.empty(), Optional.of(CERTIFICATE)))
                .doesNotThrowAnyException();
        refusesSubject("OU=org-1,CN=app", Optional.empty(), Optional.of(CERTIFICATE));
        refusesSubject("CN=app,OU=org-1", Optional.empty(), Optional.empty());
    }

    @Test
    @DisplayName("RFC 7592 §2.2: an update may keep the name without its certificate, but not change it")
    void anUpdateKeepsTheName() {
        assertThatCode(() -> requireSubject("cn=old, o=TPP", Optional.of("CN=Old,O=tpp"), Optional.empty()))
                .doesNotThrowAnyException();
        assertThatCode(() -> requireSubject("CN=app,OU=org-1", Optional.of("CN=Old"), Optional.of(CERTIFICATE)))
                .doesNotThrowAnyException();
        refusesSubject("CN=new,O=TPP", Optional.of("CN=old,O=TPP"), Optional.empty());
    }

    private static void refusesSubject(String name, Optional<String> kept, Optional<X509Certificate> certificate) {
        assertThatThrownBy(() -> requireSubject(name, kept, certificate))
                .isInstanceOfSatisfying(
                        RegistrationRefused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo("invalid_client_metadata"));
    }

    private static void requireSubject(String name, Optional<String> kept, Optional<X509Certificate> certificate) {
        rule(MutualTls.STATEMENT_SOFTWARE)
                .requireSubject(named(name), kept.map(StatementCertificateTest::named), certificate);
    }

    private static ClientMetadata named(String subject) {
        return new ClientMetadata(StrictJson.PROVIDER
                .createObjectBuilder()
                .add("tls_client_auth_subject_dn", subject)
                .build());
    }

    @Test
    void looksAtNoCertificateUnlessTheStatementDecides() {
        accepts(MutualTls.REQUIRED, "'org_id': 'org-2'");
        accepts(MutualTls.OFF, "'org_id': 'org-2'");
    }

    private static void accepts(MutualTls mode, String claims) {
        assertThatCode(() -> require(mode, claims, Optional.of(CERTIFICATE))).doesNotThrowAnyException();
    }

    private static void refuses(MutualTls mode, String claims, Optional<X509Certificate> certificate) {
        assertThatThrownBy(() -> require(mode, claims, certificate))
                .isInstanceOfSatisfying(
                        RegistrationRefused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo("invalid_software_statement"));
    }

    private static void require(MutualTls mode, String claims, Optional<X509Certificate> certificate) {
        var members = StrictJson.object(("{'iss': 'directory', " + claims + "}").replace('\'', '"'));
        rule(mode).require(new SoftwareStatement("", members), certificate);
    }

    private static StatementCertificate rule(MutualTls mode) {
        var none = Optional.<String>empty();
        var statements = new StatementConfig(List.of(), Optional.empty(), StatementConfig.Reuse.ALLOW, Duration.ZERO);
        var rule = new StatementCertificate();
        rule.config = new AccessConfig(
                AccessConfig.Registration.OPEN,
                mode,
                AccessConfig.Management.REGISTRATION_ACCESS_TOKEN,
                false,
                false,
                new AccessConfig.AccessTokens(none, Optional.empty(), Optional.empty(), none, none, none, none, none),
                none);
        rule.keys = new IssuerKeys(new KeySets(new OutboundHttp(new OutboundConfig(Set.of(), 32))), statements);
        return rule;
    }

    private static String keys(JWK... keys) {
        return "'jwks': " + new JWKSet(List.of(keys));
    }

    private static ECKey key(KeyPair pair) {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic()).build();
    }

    private static ECKey another() throws Exception {
        return new ECKeyGenerator(Curve.P_256).generate();
    }
}
