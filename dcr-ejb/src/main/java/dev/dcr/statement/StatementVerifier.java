package dev.dcr.statement;

import static dev.dcr.error.Violation.Kind.INVALID_SOFTWARE_STATEMENT;

import com.nimbusds.jose.KeySourceException;
import dev.dcr.error.Quoted;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation;
import dev.dcr.jose.Jws;
import dev.dcr.jose.MalformedJwt;
import dev.dcr.jose.TimeClaims;
import dev.dcr.json.StrictJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides whether a software statement may be believed (RFC 7591 §2.3 and §3.1.1). */
@ApplicationScoped
public class StatementVerifier {
    private static final String MEMBER = "software_statement";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    @Inject
    StatementConfig config;

    @Inject
    IssuerKeys issuerKeys;

    @Inject
    Clock clock;

    /** For the container. */
    public StatementVerifier() {}

    /** A verifier outside the container. */
    public StatementVerifier(StatementConfig config, IssuerKeys issuerKeys, Clock clock) {
        this.config = config;
        this.issuerKeys = issuerKeys;
        this.clock = clock;
    }

    /**
     * What became of a statement: the statement where it may be believed, and why not where it may not.
     *
     * @param claimed what the statement says, believed or not, so that everything else that is wrong can be told as well
     */
    public record Verdict(
            Optional<SoftwareStatement> statement, Optional<JsonObject> claimed, List<Violation> violations) {}

    /**
     * Verifies signature, issuer and time claims.
     *
     * @throws RegistrationRefused with {@link Unavailable} if the issuer's keys cannot be had
     */
    public Verdict verify(String compact) {
        try {
            var jws = Jws.parse(compact);
            var violations = violations(jws);
            var statement = violations.isEmpty()
                    ? Optional.of(new SoftwareStatement(compact, named(jws.claims())))
                    : Optional.<SoftwareStatement>empty();
            return new Verdict(statement, Optional.of(named(jws.claims())), violations);
        } catch (MalformedJwt e) {
            var malformed = invalid(MEMBER, "malformed", "software_statement " + e.getMessage());
            return new Verdict(Optional.empty(), Optional.empty(), List.of(malformed));
        }
    }

    /** A statement that was verified when it was stored. It binds its client for good, whether or not it has expired. */
    public SoftwareStatement trusted(String compact) {
        return new SoftwareStatement(compact, named(Jws.parse(compact).claims()));
    }

    /** The claims, with what the issuer's own ones stand for under its standard name: whoever looks there finds it. */
    private JsonObject named(JsonObject claims) {
        if (!(claims.get("iss") instanceof JsonString issuer)) return claims;
        var named = StrictJson.PROVIDER.createObjectBuilder(claims);
        config.issuer(issuer.getString())
                .map(StatementConfig.Issuer::members)
                .orElse(Map.of())
                .forEach((claim, member) -> {
                    if (claims.containsKey(claim)) named.add(member, claims.get(claim));
                });
        return named.build();
    }

    private List<Violation> violations(Jws jws) {
        if (!(jws.claims().get("iss") instanceof JsonString named)) {
            return List.of(invalid(MEMBER + ".iss", "missing", "software_statement must name its issuer in iss"));
        }
        var issuer = config.issuer(named.getString());
        if (issuer.isEmpty()) {
            return List.of(invalid(
                    MEMBER + ".iss",
                    "unknown_issuer",
                    "software_statement is from " + Quoted.of(named.getString()) + ", which is not trusted here"));
        }
        var distrust = signatureViolation(jws, issuer.get());
        return distrust.isPresent() ? List.of(distrust.get()) : claimViolations(jws.claims(), issuer.get());
    }

    private Optional<Violation> signatureViolation(Jws jws, StatementConfig.Issuer issuer) {
        if (!issuer.algorithms().contains(jws.algorithm())) {
            return Optional.of(invalid(
                    MEMBER,
                    "algorithm",
                    "software_statement is signed with " + Quoted.of(jws.algorithm()) + "; accepted are "
                            + String.join(", ", issuer.algorithms())));
        }
        var type = issuer.type();
        if (type.isPresent() && !jws.isOfType(type.get())) {
            return Optional.of(
                    invalid(MEMBER, "type", "software_statement must have the typ " + type.get() + " in its header"));
        }
        try {
            return jws.isSignedBy(issuerKeys.of(issuer))
                    ? Optional.empty()
                    : Optional.of(invalid(
                            MEMBER, "signature", "software_statement is not signed by a current key of its issuer"));
        } catch (KeySourceException e) {
            throw new RegistrationRefused(
                    new Unavailable("the keys of the software statement's issuer are out of reach", RETRY_AFTER), e);
        }
    }

    private List<Violation> claimViolations(JsonObject claims, StatementConfig.Issuer issuer) {
        var violations = new ArrayList<Violation>();
        var times = new TimeClaims(claims, clock.instant(), config.clockSkew());
        times.check((claim, wrong) -> violations.add(
                invalid(MEMBER + "." + claim, "time", "software_statement is not current: " + claim + " " + wrong)));
        issuer.maxAge()
                .or(config::maxAge)
                .ifPresent(age -> ageViolation(times, age).ifPresent(violations::add));
        return List.copyOf(violations);
    }

    private Optional<Violation> ageViolation(TimeClaims times, Duration age) {
        var oldest = times.now().minus(age).minus(config.clockSkew());
        if (times.issuedAt().filter(issued -> !issued.isBefore(oldest)).isPresent()) return Optional.empty();
        return Optional.of(invalid(
                MEMBER + ".iat",
                "too_old",
                "software_statement must say in iat that it was issued in the last " + age.toSeconds() + " s"));
    }

    private static Violation invalid(String field, String code, String message) {
        return new Violation(INVALID_SOFTWARE_STATEMENT, field, code, message);
    }
}
