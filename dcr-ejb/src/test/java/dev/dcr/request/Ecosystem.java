package dev.dcr.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import dev.dcr.config.DeploymentToml;
import dev.dcr.config.TestFile;
import dev.dcr.jose.KeySets;
import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.outbound.OutboundHttp;
import dev.dcr.request.RegistrationRequest.Plain;
import dev.dcr.request.RegistrationRequest.Signed;
import dev.dcr.request.RequestVerifier.Examined;
import dev.dcr.rules.RuleBook;
import dev.dcr.startup.Settings;
import dev.dcr.statement.IssuerKeys;
import dev.dcr.statement.SoftwareStatement;
import dev.dcr.statement.StatementVerifier;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server of one profile, as its preset configures it, from the request as it arrives to the rules; and the directory
 * and the software that it deals with, one key for both. JSON is written with apostrophes.
 */
final class Ecosystem implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final RSAKey KEY = key();

    private final HttpServer software;
    private final RequestVerifier verifier = new RequestVerifier();
    private final RuleBook rules;

    /** @param issuer the {@code iss} of the directory's statements */
    Ecosystem(String profile, String issuer) throws IOException {
        var jwks = new JWKSet(List.of(KEY.toPublicJWK())).toString();
        var directory = TestFile.of("keys.jwks", jwks);
        software = publish(jwks);
        var toml = """
                [dcr]
                profile = "%s"
                public_base_url = "https://dcr.bank.example"
                [[dcr.software_statement.issuers]]
                iss = "%s"
                jwks_file = "%s"
                algorithms = ["PS256"]
                allowed_hosts = ["127.0.0.1"]
                """.formatted(profile, issuer, directory);
        var settings = settings(toml);
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var keys = new IssuerKeys(new KeySets(new OutboundHttp(settings.outbound())), settings.statements());
        verifier.config = settings.requestJwt();
        verifier.reader = settings.rules().reader();
        verifier.defaults = settings.rules().defaults();
        verifier.roles = settings.rules().roles();
        verifier.statements = new StatementVerifier(settings.statements(), keys, clock);
        verifier.signature = new RequestSignature();
        verifier.signature.config = settings.requestJwt();
        verifier.signature.http = settings.http();
        verifier.signature.statementConfig = settings.statements();
        verifier.signature.keys = keys;
        verifier.signature.clock = clock;
        rules = new RuleBook(settings.rules());
    }

    private static Settings settings(String toml) {
        var file = TestFile.of("deployment.toml", toml);
        return Settings.load(new SmallRyeConfigBuilder()
                .withSources(new DeploymentToml(file))
                .build());
    }

    private static HttpServer publish(String jwks) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = jwks.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Where the software publishes its keys. */
    URI keys() {
        return URI.create("http://127.0.0.1:" + software.getAddress().getPort() + "/software.jwks");
    }

    @Override
    public void close() {
        software.stop(0);
    }

    /** What a plain request is refused for, as {@code field code}. */
    List<String> faults(JsonObject members) {
        return faults(examine(new Plain(members), Optional.empty()));
    }

    /** What a signed request is refused for. */
    List<String> signedFaults(JsonObject claims) {
        return faults(examine(new Signed(sign(claims)), Optional.empty()));
    }

    /** What an update without a statement is refused for, the client being bound by one. */
    List<String> updateFaults(JsonObject members, String bound) {
        var statement = new SoftwareStatement(bound, claims(bound));
        return faults(examine(new Plain(members), Optional.of(statement)));
    }

    /** What a signed request that nothing is wrong with would register. */
    ClientMetadata registeredBySignature(JsonObject claims) {
        return examine(new Signed(sign(claims)), Optional.empty()).request().metadata();
    }

    /** What a request that nothing is wrong with would register. */
    ClientMetadata registered(JsonObject members) {
        return examine(new Plain(members), Optional.empty()).request().metadata();
    }

    /** What becomes of a plain request that a statement of these claims binds, and what it is refused for. */
    Outcome bound(JsonObject members, JsonObject claims) {
        var examined = examine(new Plain(members), Optional.of(new SoftwareStatement("", claims)));
        return new Outcome(examined.request().metadata().json(), faults(examined));
    }

    /** @param metadata what would be registered if there were no faults */
    record Outcome(JsonObject metadata, List<String> faults) {}

    private Examined examine(RegistrationRequest request, Optional<SoftwareStatement> bound) {
        return verifier.examine(request, bound);
    }

    private List<String> faults(Examined examined) {
        return Stream.concat(examined.violations().stream(), rules.check(examined.request()).stream())
                .map(violation -> violation.field() + " " + violation.code())
                .distinct()
                .toList();
    }

    private static JsonObject claims(String compact) {
        try {
            return StrictJson.object(JWSObject.parse(compact).getPayload().toBytes());
        } catch (ParseException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A statement or a request, signed by PS256. */
    static String sign(JsonObject claims) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("one").build();
            var jws = new JWSObject(header, new Payload(claims.toString()));
            jws.sign(new RSASSASigner(KEY));
            return jws.serialize();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static JsonObject json(String text) {
        return StrictJson.object(text.replace('\'', '"').getBytes(UTF_8));
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("one").generate();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
