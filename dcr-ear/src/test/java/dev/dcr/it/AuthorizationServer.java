package dev.dcr.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dcr.sandbox.SigningKey;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Issues access tokens as JWTs (RFC 9068) and, of tokens that it is told of, tells what they are (RFC 7662). */
final class AuthorizationServer implements AutoCloseable {
    static final String ISSUER = "https://as.bank.example";
    static final String AUDIENCE = "https://dcr.bank.example";

    /** The token about which introspection fails. */
    static final String TROUBLESOME = "troublesome-token";

    private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);
    private final Map<String, JsonObject> opaque = new ConcurrentHashMap<>();
    private final List<String> askedAs = new CopyOnWriteArrayList<>();
    private final HttpServer http;

    private AuthorizationServer(HttpServer http) {
        this.http = http;
    }

    static AuthorizationServer start() {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var server = new AuthorizationServer(http);
            http.createContext("/jwks", exchange -> answer(exchange, 200, new JWKSet(server.key.jwk()).toString()));
            http.createContext("/introspect", server::introspect);
            http.start();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    URI jwksUri() {
        return url("/jwks");
    }

    URI introspectionEndpoint() {
        return url("/introspect");
    }

    /** The {@code Authorization} headers with which it was asked about tokens. */
    List<String> askedAs() {
        return askedAs;
    }

    /** From now on this is what introspection tells of the token. */
    void knows(String token, JsonObject about) {
        opaque.put(token, about);
    }

    /** A token for managing this client, good for five minutes. */
    String token(String clientId) {
        return token(clientId, claims -> claims);
    }

    /** The same with other claims. */
    String token(String clientId, UnaryOperator<JWTClaimsSet.Builder> changes) {
        return token("at+jwt", key, clientId, changes);
    }

    /** The same of another {@code typ}. */
    String tokenOfType(String type, String clientId) {
        return token(type, key, clientId, claims -> claims);
    }

    /** The same under this server's {@code kid}, and not signed by it. */
    String forgedToken(String clientId) {
        return token("at+jwt", SigningKey.generate(JWSAlgorithm.ES256), clientId, claims -> claims);
    }

    private String token(String type, SigningKey signer, String clientId, UnaryOperator<JWTClaimsSet.Builder> changes) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(clientId)
                .claim("client_id", clientId)
                .claim("scope", "openid dcr:manage")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.id()).type(new JOSEObjectType(type));
        try {
            var jwt = new SignedJWT(header.build(), changes.apply(claims).build());
            jwt.sign(new ECDSASigner(signer.jwk().toECKey()));
            return jwt.serialize();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void introspect(HttpExchange exchange) throws IOException {
        askedAs.add(exchange.getRequestHeaders().getFirst("Authorization"));
        var token = new String(exchange.getRequestBody().readAllBytes(), UTF_8).replace("token=", "");
        var known = opaque.get(token);
        if (token.equals(TROUBLESOME)) answer(exchange, 500, "{}");
        else answer(exchange, 200, known == null ? "{\"active\": false}" : known.toString());
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write(json.getBytes(UTF_8));
        }
    }

    private URI url(String path) {
        return URI.create("http://localhost:" + http.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
