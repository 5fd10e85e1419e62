package dev.dcr.request;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.dcr.error.RegistrationError.InvalidRequest;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.Defaults;
import dev.dcr.metadata.MetadataReader;
import dev.dcr.replay.Jti;
import dev.dcr.statement.RoleScopes;
import dev.dcr.statement.SoftwareStatement;
import dev.dcr.statement.StatementVerifier;
import dev.dcr.statement.StatementVerifier.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a request as it arrived into one whose signatures hold, merged with its statement and completed by defaults. */
@ApplicationScoped
public class RequestVerifier {
    private static final String STATEMENT = "software_statement";

    @Inject
    RequestJwtConfig config;

    @Inject
    MetadataReader reader;

    @Inject
    Defaults defaults;

    @Inject
    StatementVerifier statements;

    @Inject
    RoleScopes roles;

    @Inject
    RequestSignature signature;

    /**
     * A request and all that was found wrong on the way. Where anything was, the request only serves to find out what
     * else is.
     */
    public record Examined(VerifiedRequest request, List<Violation> violations) {}

    /**
     * @param bound the statement that the client registered with, which binds an update that brings none
     * @throws RegistrationRefused with {@link InvalidRequest} if the request JWT is malformed or not verifiable
     */
    public Examined examine(RegistrationRequest request, Optional<SoftwareStatement> bound) {
        if (request instanceof RegistrationRequest.Signed signed) return examine(signed, bound);
        if (config.required()) {
            throw new RegistrationRefused(new InvalidRequest(
                    "this server takes signed requests: send a JWT as application/jwt instead of JSON"));
        }
        var members = ((RegistrationRequest.Plain) request).members();
        return merge(members, verdict(members, bound), bound, Set.of(), new ArrayList<>(), false);
    }

    private Examined examine(RegistrationRequest.Signed request, Optional<SoftwareStatement> bound) {
        var jwt = signature.parse(request.compact());
        var verdict = verdict(jwt.claims(), bound);
        var violations = new ArrayList<Violation>();
        if (verdict.statement().isEmpty() && verdict.violations().isEmpty()) {
            violations.add(Violation.statement(
                    STATEMENT, "missing", "a signed request must carry the software_statement that names its keys"));
        }
        var spent = verdict.statement().flatMap(statement -> signature.verify(jwt, statement, violations::add));
        return merge(jwt.claims(), verdict, bound, spent.map(Set::of).orElse(Set.of()), violations, true);
    }

    private Verdict verdict(JsonObject members, Optional<SoftwareStatement> bound) {
        var value = members.getOrDefault(STATEMENT, JsonValue.NULL);
        if (value instanceof JsonString compact) return statements.verify(compact.getString());
        if (value.equals(JsonValue.NULL)) return new Verdict(bound, bound.map(SoftwareStatement::claims), List.of());
        var wrong =
                Violation.statement(STATEMENT, "type", "software_statement must be a string, a JWS in compact form");
        return new Verdict(Optional.empty(), Optional.empty(), List.of(wrong));
    }

    private Examined merge(
            JsonObject members,
            Verdict verdict,
            Optional<SoftwareStatement> bound,
            Set<Jti> requestJti,
            List<Violation> violations,
            boolean signed) {
        violations.addAll(verdict.violations());
        var requested = reader.read(members);
        violations.addAll(requested.violations());
        var stated = verdict.claimed().map(claims -> reader.read(StatementMerge.metadataOf(claims, reader::isKnown)));
        stated.ifPresent(read -> read.violations()
                .forEach(wrong -> violations.add(Violation.statement(
                        STATEMENT + "." + wrong.field(), wrong.code(), "software_statement: " + wrong.message()))));

        // a statement that is not believed still tells what else is wrong with the request
        var statement =
                verdict.statement().or(() -> verdict.claimed().map(claims -> new SoftwareStatement("", claims)));
        var merged = stated.map(read -> StatementMerge.merge(requested.metadata(), read.metadata()))
                .orElse(requested.metadata());
        var explicit = statement
                .map(roles::openTo)
                .map(scopes -> StatementMerge.granting(scopes, merged))
                .orElse(merged);
        var spent = new HashSet<>(requestJti);
        if (config.statementOnce()) {
            verdict.statement()
                    .filter(brought -> !bound.equals(Optional.of(brought)))
                    .flatMap(signature::statementJti)
                    .ifPresent(spent::add);
        }
        var completed = defaults.apply(explicit);
        return new Examined(
                new VerifiedRequest(
                        members, statement, signed, Set.copyOf(spent), completed, explicit(explicit, completed)),
                List.copyOf(violations));
    }

    /** What was set, as opposed to defaults; one of these takes the place of an empty list, too. */
    private static Set<String> explicit(ClientMetadata explicit, ClientMetadata completed) {
        return explicit.json().entrySet().stream()
                .filter(set -> !set.getValue().equals(JsonValue.EMPTY_JSON_ARRAY)
                        || set.getValue().equals(completed.json().get(set.getKey())))
                .map(Map.Entry::getKey)
                .collect(toUnmodifiableSet());
    }
}
