package dev.dcr.access;

import com.nimbusds.jose.KeySourceException;
import dev.dcr.access.AccessConfig.AccessTokens;
import dev.dcr.error.RegistrationError.InsufficientScope;
import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.jose.Jws;
import dev.dcr.jose.KeySets;
import dev.dcr.jose.MalformedJwt;
import dev.dcr.jose.TimeClaims;
import dev.dcr.json.MalformedJson;
import dev.dcr.json.StrictJson;
import dev.dcr.outbound.BasicCredentials;
import dev.dcr.outbound.OutboundHttp;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks access tokens of the authorization server: as JWT (RFC 9068) or by asking it (RFC 7662). */
@ApplicationScoped
public class AccessTokenVerifier {
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    @Inject
    AccessConfig config;

    @Inject
    KeySets keySets;

    @Inject
    OutboundHttp http;

    @Inject
    SenderConstraint sender;

    @Inject
    Clock clock;

    /**
     * @param scope the scope that the token must carry; empty for none
     * @return the client that the token was issued to
     * @throws RegistrationRefused if the token is not good, is bound to a key that the caller has not shown, lacks the scope, or cannot be checked at the moment
     */
    public Caller.AccessTokenHolder verify(Credentials credentials, Optional<String> scope) {
        var token = credentials.token().orElseThrow(AccessTokenVerifier::noGood);
        var settings = config.accessTokens();
        var claims = settings.jwksUri().isPresent()
                ? selfContained(token, settings)
                : settings.introspectionEndpoint().isPresent()
                        ? introspected(token, settings)
                        : Optional.<JsonObject>empty();
        var good = claims.filter(found -> isFor(settings.audience(), found))
                .filter(this::isCurrent)
                .orElseThrow(AccessTokenVerifier::noGood);
        sender.require(token, good, credentials);
        if (scope.isPresent() && !scopes(good).contains(scope.get())) {
            throw new RegistrationRefused(new InsufficientScope("the token lacks the scope " + scope.get()));
        }
        return new Caller.AccessTokenHolder(text(good, "client_id").orElseThrow(AccessTokenVerifier::noGood));
    }

    private Optional<JsonObject> selfContained(String token, AccessTokens settings) {
        try {
            var jwt = Jws.parse(token);
            var proper = ALGORITHMS.contains(jwt.algorithm())
                    && jwt.isOfType("at+jwt")
                    && settings.issuer().isPresent()
                    && text(jwt.claims(), "iss").equals(settings.issuer())
                    && jwt.claims().containsKey("exp")
                    && jwt.isSignedBy(keySets.configured(settings.jwksUri().orElseThrow()));
            return proper ? Optional.of(jwt.claims()) : Optional.empty();
        } catch (MalformedJwt e) {
            return Optional.empty();
        } catch (KeySourceException e) {
            throw unavailable(e);
        }
    }

    private Optional<JsonObject> introspected(String token, AccessTokens settings) {
        try {
            var reply = http.postConfigured(
                    endpoint(settings),
                    "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
                    credentials(settings));
            if (reply.status() != 200) throw new IOException("introspection answered with status " + reply.status());
            var claims = StrictJson.object(reply.body());
            var proper = JsonValue.TRUE.equals(claims.get("active"))
                    && isFrom(settings.issuer(), claims)
                    && isAccessToken(claims);
            return proper ? Optional.of(claims) : Optional.empty();
        } catch (IOException | MalformedJson e) {
            throw unavailable(e);
        }
    }

    /** RFC 7662 §2.2: {@code iss} is optional, but one server may know tokens of several issuers. */
    private static boolean isFrom(Optional<String> issuer, JsonObject reply) {
        return issuer.isEmpty() || isLeftOut(reply, "iss") || text(reply, "iss").equals(issuer);
    }

    /** RFC 7662 §2.2: {@code token_type} is optional, and refresh tokens may be asked about as well. */
    private static boolean isAccessToken(JsonObject reply) {
        return isLeftOut(reply, "token_type")
                || text(reply, "token_type")
                        .filter(type -> type.equalsIgnoreCase("Bearer") || type.equalsIgnoreCase("DPoP"))
                        .isPresent();
    }

    private static boolean isLeftOut(JsonObject reply, String member) {
        return reply.getOrDefault(member, JsonValue.NULL).equals(JsonValue.NULL);
    }

    private static URI endpoint(AccessTokens settings) {
        return settings.introspectionEndpoint().orElseThrow();
    }

    private static Map<String, String> credentials(AccessTokens settings) {
        return settings.clientId()
                .map(id -> BasicCredentials.ofClient(id, settings.clientSecret().orElse("")))
                .map(basic -> Map.of("Authorization", basic))
                .orElse(Map.of());
    }

    private boolean isCurrent(JsonObject claims) {
        var wrong = new boolean[1];
        new TimeClaims(claims, clock.instant(), SKEW).check((claim, reason) -> wrong[0] = true);
        return !wrong[0];
    }

    private static boolean isFor(Optional<String> audience, JsonObject claims) {
        if (audience.isEmpty()) return true;
        var aud = claims.getOrDefault("aud", JsonValue.NULL);
        var named = aud instanceof JsonArray list ? list : List.of(aud);
        return named.stream()
                .anyMatch(name ->
                        name instanceof JsonString text && text.getString().equals(audience.get()));
    }

    private static List<String> scopes(JsonObject claims) {
        return text(claims, "scope")
                .map(scope -> Arrays.asList(scope.split(" ")))
                .orElse(List.of());
    }

    private static Optional<String> text(JsonObject claims, String claim) {
        return claims.get(claim) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    private static RegistrationRefused noGood() {
        return new RegistrationRefused(InvalidToken.NO_GOOD);
    }

    private static RegistrationRefused unavailable(Exception cause) {
        return new RegistrationRefused(
                new Unavailable("the authorization server that issued the token is out of reach", RETRY_AFTER), cause);
    }
}
