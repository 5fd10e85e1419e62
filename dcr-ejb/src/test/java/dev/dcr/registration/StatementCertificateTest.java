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
        var none = Optional.<String>empty();
        var statements = new StatementConfig(List.of(), Optional.empty(), StatementConfig.Reuse.ALLOW, Duration.ZERO);
        var rule = new StatementCertificate();
        rule.config = new AccessConfig(
                AccessConfig.Registration.OPEN,
                mode,
                AccessConfig.Management.REGISTRATION_ACCESS_TOKEN,
                false,
                new AccessConfig.AccessTokens(none, Optional.empty(), Optional.empty(), none, none, none, none, none),
                none);
        rule.keys = new IssuerKeys(new KeySets(new OutboundHttp(new OutboundConfig(Set.of()))), statements);
        var members = StrictJson.object(("{'iss': 'directory', " + claims + "}").replace('\'', '"'));
        rule.require(new SoftwareStatement("", members), certificate);
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
