package dev.dcr.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation;
import dev.dcr.jose.KeySets;
import dev.dcr.json.StrictJson;
import dev.dcr.outbound.OutboundConfig;
import dev.dcr.outbound.OutboundHttp;
import dev.dcr.statement.StatementConfig.Issuer;
import dev.dcr.statement.StatementConfig.Reuse;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 7591 §2.3: a statement is a JWS of an issuer whom the operator trusts, and nothing less. */
class StatementVerifierTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String ISSUER = "OpenBanking Ltd";
    private static RSAKey rsa;
    private static ECKey ec;

    @TempDir
    Path folder;

    private Path keys;
    private Optional<Duration> issuerAge = Optional.empty();
    private Optional<String> type = Optional.empty();
    private Map<String, String> members = Map.of();

    @BeforeAll
    static void makeKeys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    }

    @BeforeEach
    void publishKeys() throws IOException {
        keys = folder.resolve("keys.jwks");
        Files.writeString(keys, new JWKSet(List.of(rsa, ec)).toString(true));
    }

    @Test
    void believesAStatementOfATrustedIssuer() throws JOSEException {
        var compact = rsaSigned(JWSAlgorithm.PS256, "rsa", claims().build());
        var verdict = verifier().verify(compact);
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.statement()).hasValueSatisfying(statement -> {
            assertThat(statement.compact()).isEqualTo(compact);
            assertThat(statement.issuer()).isEqualTo(ISSUER);
            assertThat(statement.softwareId()).contains("soft-1");
        });
    }

    @Test
    void believesAnEllipticCurveSignature() throws JOSEException {
        var statement = signed(header(JWSAlgorithm.ES256, "ec"), claims().build(), new ECDSASigner(ec));
        assertThat(verifier().verify(statement).violations()).isEmpty();
    }

    @Test
    @Tag("RFC7591-2.3-rs256")
    @Tag("OFBDCR-7.1-2")
    void refusesAnAlgorithmThatTheIssuerMayNotUse() throws JOSEException {
        assertRefused(rsaSigned(JWSAlgorithm.RS256, "rsa", claims().build()), "algorithm");
    }

    @Test
    @Tag("RFC7591-2.3-signed")
    void refusesAnUnsignedStatement() {
        var header = Base64URL.encode("{\"alg\":\"none\"}");
        var payload = Base64URL.encode(claims().build().toString());
        assertRefused(header + "." + payload + ".", "malformed");
    }

    @Test
    @Tag("RFC7591-2.3-mac")
    void refusesAMacUnderThePublicKey() throws JOSEException {
        var publicKey = rsa.toPublicKey().getEncoded();
        var statement = signed(header(JWSAlgorithm.HS256, "rsa"), claims().build(), new MACSigner(publicKey));
        assertRefused(statement, "algorithm");
    }

    @Test
    @Tag("RFC7591-2.3-trust")
    void refusesAnUnknownIssuer() throws JOSEException {
        assertRefused(
                rsaSigned(
                        JWSAlgorithm.PS256,
                        "rsa",
                        claims().add("iss", "Evil Ltd").build()),
                "unknown_issuer");
    }

    @Test
    @Tag("RFC7591-2.3-iss")
    void refusesAStatementWithoutIssuer() throws JOSEException {
        assertRefused(
                rsaSigned(JWSAlgorithm.PS256, "rsa", claims().remove("iss").build()), "missing");
    }

    @Test
    void refusesAnUnknownKeyId() throws JOSEException {
        assertRefused(rsaSigned(JWSAlgorithm.PS256, "other", claims().build()), "signature");
    }

    @Test
    @Tag("RFC7591-2.3-trust")
    void refusesASignatureByAnotherKey() throws JOSEException {
        var stranger = new RSAKeyGenerator(2048).keyID("rsa").generate();
        var statement = signed(header(JWSAlgorithm.PS256, "rsa"), claims().build(), new RSASSASigner(stranger));
        assertRefused(statement, "signature");
    }

    @Test
    void neverFollowsAKeyInTheHeader() throws JOSEException {
        var stranger = new RSAKeyGenerator(2048).keyID("mine").generate();
        var header = new JWSHeader.Builder(JWSAlgorithm.PS256)
                .keyID("mine")
                .jwk(stranger.toPublicJWK())
                .jwkURL(URI.create("https://attacker.example/keys"))
                .build();
        assertRefused(signed(header, claims().build(), new RSASSASigner(stranger)), "signature");
    }

    @Test
    @Tag("RFC7591-2.3-signed")
    void refusesATamperedPayload() throws JOSEException {
        var parts = rsaSigned(JWSAlgorithm.PS256, "rsa", claims().build()).split("\\.");
        var forged =
                Base64URL.encode(claims().add("software_id", "other").build().toString());
        assertRefused(parts[0] + "." + forged + "." + parts[2], "signature");
    }

    @Test
    @Tag("RFC7591-3.2.2-invalid_software_statement")
    void refusesAnExpiredStatement() throws JOSEException {
        var expired = claims().add("exp", NOW.minusSeconds(31).getEpochSecond());
        assertRefused(rsaSigned(JWSAlgorithm.PS256, "rsa", expired.build()), "time");
    }

    @Test
    void toleratesTheConfiguredClockSkew() throws JOSEException {
        var skewed = claims().add("exp", NOW.minusSeconds(29).getEpochSecond())
                .add("iat", NOW.plusSeconds(29).getEpochSecond())
                .add("nbf", NOW.plusSeconds(29).getEpochSecond());
        assertThat(verifier()
                        .verify(rsaSigned(JWSAlgorithm.PS256, "rsa", skewed.build()))
                        .violations())
                .isEmpty();
    }

    @Test
    void refusesAStatementFromTheFuture() throws JOSEException {
        var early = claims().add("nbf", NOW.plusSeconds(60).getEpochSecond());
        assertRefused(rsaSigned(JWSAlgorithm.PS256, "rsa", early.build()), "time");
    }

    @Test
    void refusesATimeThatIsNoNumber() throws JOSEException {
        assertRefused(
                rsaSigned(
                        JWSAlgorithm.PS256, "rsa", claims().add("exp", "never").build()),
                "time");
    }

    @Test
    void refusesAStatementOverTheAgeLimit() throws JOSEException {
        var verifier = verifier(Optional.of(Duration.ofHours(1)));
        var old = claims().add("iat", NOW.minusSeconds(3631).getEpochSecond());
        assertThat(verifier.verify(rsaSigned(JWSAlgorithm.PS256, "rsa", old.build()))
                        .violations())
                .extracting(Violation::code)
                .containsExactly("too_old");
    }

    @Test
    void anIssuersOwnAgeLimitComesFirst() throws JOSEException {
        issuerAge = Optional.of(Duration.ofSeconds(10));
        var verifier = verifier(Optional.of(Duration.ofHours(1)));
        assertThat(verifier.verify(rsaSigned(JWSAlgorithm.PS256, "rsa", claims().build()))
                        .violations())
                .extracting(Violation::code)
                .containsExactly("too_old");
    }

    @Test
    void refusesAnotherTypWhereOneIsConfigured() throws JOSEException {
        type = Optional.of("application/statement+jwt");
        assertRefused(rsaSigned(JWSAlgorithm.PS256, "rsa", claims().build()), "type");
        var typed = new JWSHeader.Builder(JWSAlgorithm.PS256)
                .keyID("rsa")
                .type(new JOSEObjectType("statement+JWT"))
                .build();
        assertThat(verifier()
                        .verify(signed(typed, claims().build(), new RSASSASigner(rsa)))
                        .violations())
                .isEmpty();
    }

    @Test
    void anIssuersOwnClaimsHaveTheirStandardNamesForEveryRule() throws JOSEException {
        members = Map.of("app_id", "software_id", "app_callbacks", "redirect_uris");
        var own = claims().add("app_id", "app-1")
                .add("app_callbacks", StrictJson.PROVIDER.createArrayBuilder().add("https://app.example/cb"))
                .build();
        var statement =
                verifier().verify(rsaSigned(JWSAlgorithm.PS256, "rsa", own)).statement();
        assertThat(statement.orElseThrow().softwareId()).contains("app-1");
        assertThat(statement.orElseThrow().claims().get("redirect_uris")).isEqualTo(own.get("app_callbacks"));
    }

    @Test
    void tellsWhatAnUnbelievedStatementClaims() throws JOSEException {
        var verdict = verifier().verify(rsaSigned(JWSAlgorithm.RS256, "rsa", claims().build()));
        assertThat(verdict.claimed())
                .hasValueSatisfying(claims -> assertThat(claims).containsKey("software_id"));
    }

    @Test
    void refusesADuplicateClaim() throws JOSEException {
        var signed = new JWSObject(
                header(JWSAlgorithm.PS256, "rsa"), new Payload("{\"iss\":\"OpenBanking Ltd\",\"iss\":\"x\"}"));
        signed.sign(new RSASSASigner(rsa));
        assertRefused(signed.serialize(), "malformed");
    }

    @Test
    void reportsKeysOutOfReachAsAnOutage() throws JOSEException {
        var nowhere = new Issuer(
                ISSUER,
                Optional.of(URI.create("http://127.0.0.1:1/keys")),
                Optional.empty(),
                Set.of("PS256"),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        var verifier =
                verifier(new StatementConfig(List.of(nowhere), Optional.empty(), Reuse.ALLOW, Duration.ofSeconds(30)));
        var statement = rsaSigned(JWSAlgorithm.PS256, "rsa", claims().build());
        assertThatExceptionOfType(RegistrationRefused.class)
                .isThrownBy(() -> verifier.verify(statement))
                .satisfies(refused -> assertThat(refused.error()).isInstanceOf(Unavailable.class));
    }

    private void assertRefused(String statement, String code) {
        var verdict = verifier().verify(statement);
        assertThat(verdict.statement()).isEmpty();
        assertThat(verdict.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.kind().code()).isEqualTo("invalid_software_statement");
            assertThat(violation.code()).isEqualTo(code);
        });
    }

    private StatementVerifier verifier() {
        return verifier(Optional.empty());
    }

    private StatementVerifier verifier(Optional<Duration> maxAge) {
        var issuer = new Issuer(
                ISSUER,
                Optional.empty(),
                Optional.of(keys),
                Set.of("PS256", "ES256"),
                Set.of(),
                issuerAge,
                type,
                members);
        return verifier(new StatementConfig(List.of(issuer), maxAge, Reuse.ALLOW, Duration.ofSeconds(30)));
    }

    private static StatementVerifier verifier(StatementConfig config) {
        var published = new KeySets(new OutboundHttp(new OutboundConfig(Set.of(), 32)));
        return new StatementVerifier(config, new IssuerKeys(published, config), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static JsonObjectBuilder claims() {
        return StrictJson.PROVIDER
                .createObjectBuilder()
                .add("iss", ISSUER)
                .add("iat", NOW.minusSeconds(60).getEpochSecond())
                .add("software_id", "soft-1");
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String kid) {
        return new JWSHeader.Builder(algorithm).keyID(kid).build();
    }

    private static String rsaSigned(JWSAlgorithm algorithm, String kid, JsonObject claims) throws JOSEException {
        return signed(header(algorithm, kid), claims, new RSASSASigner(rsa));
    }

    private static String signed(JWSHeader header, JsonObject claims, JWSSigner signer) throws JOSEException {
        var jws = new JWSObject(header, new Payload(claims.toString().getBytes(UTF_8)));
        jws.sign(signer);
        return jws.serialize();
    }
}
