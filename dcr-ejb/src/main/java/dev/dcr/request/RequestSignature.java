package dev.dcr.request;

import static java.util.stream.Collectors.toCollection;

import com.nimbusds.jose.KeySourceException;
import dev.dcr.config.HttpConfig;
import dev.dcr.error.Quoted;
import dev.dcr.error.RegistrationError.InvalidRequest;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation;
import dev.dcr.jose.Jws;
import dev.dcr.jose.KeySets;
import dev.dcr.jose.MalformedJwt;
import dev.dcr.jose.TimeClaims;
import dev.dcr.replay.Jti;
import dev.dcr.statement.IssuerKeys;
import dev.dcr.statement.SoftwareStatement;
import dev.dcr.statement.StatementConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The signature of a request and the claims that protect it: {@code iss} is the software, {@code aud} this server, and
 * {@code jti} is good once until {@code exp}.
 */
@ApplicationScoped
class RequestSignature {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final Duration LONGEST_VALIDITY = Duration.ofHours(24);
    private static final Duration FOR_GOOD = Duration.ofDays(3650);
    private static final int LONGEST_ID = 255;

    @Inject
    RequestJwtConfig config;

    @Inject
    HttpConfig http;

    @Inject
    StatementConfig statementConfig;

    @Inject
    IssuerKeys keys;

    @Inject
    Clock clock;

    /** The request as a JWT, not yet verified. */
    Jws parse(String compact) {
        try {
            return Jws.parse(compact);
        } catch (MalformedJwt e) {
            throw new RegistrationRefused(new InvalidRequest("the request " + e.getMessage()));
        }
    }

    /**
     * Verifies the signature by the software's keys, and checks the claims.
     *
     * @param report takes each claim that is wrong
     * @return the {@code jti} that registering spends, if the claims give a proper one
     * @throws RegistrationRefused if the signature cannot be verified, or not at the moment
     */
    Optional<Jti> verify(Jws jwt, SoftwareStatement statement, Consumer<Violation> report) {
        if (!config.algorithms().contains(jwt.algorithm())) {
            throw unverifiable("is signed with " + Quoted.of(jwt.algorithm()) + "; accepted are "
                    + String.join(", ", config.algorithms()));
        }
        verifySignature(jwt, statement);
        checkIssuer(jwt.claims(), statement, report);
        checkAudience(jwt.claims(), report);
        return checkTimes(jwt.claims(), report).flatMap(expiry -> jti(jwt.claims(), expiry, report));
    }

    /** The {@code jti} of a statement, where a statement may be used once only. */
    Optional<Jti> statementJti(SoftwareStatement statement) {
        var expiry = new TimeClaims(statement.claims(), clock.instant(), Duration.ZERO)
                .expiresAt()
                .map(end -> end.plus(statementConfig.clockSkew()))
                .orElseGet(() -> clock.instant().plus(FOR_GOOD));
        return statement
                .string("jti")
                .filter(id -> id.length() <= LONGEST_ID && statement.issuer().length() <= LONGEST_ID)
                .map(id -> new Jti(statement.issuer(), id, expiry, Jti.Bearer.STATEMENT));
    }

    private void verifySignature(Jws jwt, SoftwareStatement statement) {
        var source = keys.of(statement)
                .orElseThrow(() -> unverifiable("cannot be verified: its software_statement names no key set"));
        try {
            if (!jwt.isSignedBy(source)) {
                throw unverifiable("is not signed by a current key of the set that its software_statement names");
            }
        } catch (KeySourceException e) {
            if (KeySets.isRefusedAddress(e)) {
                throw unverifiable("cannot be verified: the address of its software's key set is not one to call");
            }
            throw new RegistrationRefused(new Unavailable("the software's key set is out of reach", RETRY_AFTER), e);
        }
    }

    private static void checkIssuer(JsonObject claims, SoftwareStatement statement, Consumer<Violation> report) {
        if (!(claims.get("iss") instanceof JsonString issuer)
                || issuer.getString().length() > LONGEST_ID) {
            report.accept(Violation.metadata(
                    "iss", "missing", "iss of the request must be a string of at most " + LONGEST_ID + " characters"));
        } else if (statement
                .softwareId()
                .filter(id -> !id.equals(issuer.getString()))
                .isPresent()) {
            report.accept(Violation.metadata(
                    "iss", "not_the_software", "iss of the request must be the software_id of its software_statement"));
        }
    }

    private void checkAudience(JsonObject claims, Consumer<Violation> report) {
        var accepted = acceptedAudiences();
        var named = audiences(claims.getOrDefault("aud", JsonValue.NULL));
        if (named.isEmpty()) {
            report.accept(Violation.metadata("aud", "missing", "aud of the request must name this server"));
        } else if (!accepted.isEmpty() && named.stream().noneMatch(accepted::contains)) {
            report.accept(Violation.metadata(
                    "aud",
                    "not_for_this_server",
                    "aud of the request must be " + accepted.iterator().next()));
        }
    }

    /** The configured audience alone, or this server's public address in each form that clients write it. */
    private Set<String> acceptedAudiences() {
        if (config.audience().isPresent()) return Set.of(config.audience().get());
        return http.publicBaseUrl()
                .map(base -> Stream.of("", "/", http.basePath(), http.basePath() + "/register")
                        .map(path -> base + path)
                        .collect(toCollection(() -> new LinkedHashSet<String>())))
                .orElseGet(LinkedHashSet::new);
    }

    private static Set<String> audiences(JsonValue aud) {
        var named = new HashSet<String>();
        var values = aud instanceof JsonArray list ? list : List.of(aud);
        for (var value : values) {
            if (value instanceof JsonString text) named.add(text.getString());
        }
        return named;
    }

    private Optional<Instant> checkTimes(JsonObject claims, Consumer<Violation> report) {
        var times = new TimeClaims(claims, clock.instant(), statementConfig.clockSkew());
        times.check(
                (claim, wrong) -> report.accept(Violation.metadata(claim, "time", claim + " of the request " + wrong)));
        for (var claim : new String[] {"iat", "exp"}) {
            if (!claims.containsKey(claim)) {
                report.accept(Violation.metadata(claim, "missing", claim + " is missing from the request's claims"));
            }
        }
        var latest = times.now().plus(LONGEST_VALIDITY).plus(times.skew());
        times.expiresAt()
                .filter(expiry -> expiry.isAfter(latest))
                .ifPresent(expiry -> report.accept(Violation.metadata(
                        "exp", "too_late", "exp of the request must be within " + LONGEST_VALIDITY.toHours() + " h")));
        return times.expiresAt().filter(expiry -> !expiry.isAfter(latest));
    }

    private Optional<Jti> jti(JsonObject claims, Instant expiry, Consumer<Violation> report) {
        if (!(claims.get("jti") instanceof JsonString id)
                || id.getString().isBlank()
                || id.getString().length() > LONGEST_ID) {
            report.accept(Violation.metadata(
                    "jti", "missing", "jti of the request must be a string of 1 to " + LONGEST_ID + " characters"));
            return Optional.empty();
        }
        return claims.get("iss") instanceof JsonString issuer
                        && issuer.getString().length() <= LONGEST_ID
                ? Optional.of(new Jti(issuer.getString(), id.getString(), expiry.plus(statementConfig.clockSkew())))
                : Optional.empty();
    }

    private static RegistrationRefused unverifiable(String why) {
        return new RegistrationRefused(new InvalidRequest("the request " + why));
    }
}
