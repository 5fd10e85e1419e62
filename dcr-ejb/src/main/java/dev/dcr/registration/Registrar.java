package dev.dcr.registration;

import dev.dcr.access.AccessConfig;
import dev.dcr.access.Caller;
import dev.dcr.access.RegistrationGate;
import dev.dcr.error.RegistrationError.Conflict;
import dev.dcr.error.RegistrationError.Rejected;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation;
import dev.dcr.request.RegistrationRequest;
import dev.dcr.request.RequestVerifier;
import dev.dcr.request.RequestVerifier.Examined;
import dev.dcr.rules.RuleBook;
import dev.dcr.statement.SoftwareStatement;
import dev.dcr.statement.StatementVerifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The registration lifecycle of RFC 7591 and RFC 7592, as the endpoint calls it: who asks, what they ask, whether every
 * rule holds, and only then {@link Admission}. Opens no transaction of its own.
 */
@ApplicationScoped
public class Registrar {
    private static final int ATTEMPTS = 3;

    @Inject
    AccessConfig access;

    @Inject
    RegistrationGate gate;

    @Inject
    ManagementGate management;

    @Inject
    RequestVerifier verifier;

    @Inject
    StatementVerifier statements;

    @Inject
    RuleBook rules;

    @Inject
    UpdateRules updateRules;

    @Inject
    SectorIdentifier sectors;

    @Inject
    Admission admission;

    @Inject
    Clients clients;

    /**
     * Registers a client (RFC 7591 §3).
     *
     * @param bearer the bearer token presented: an initial access token or an access token
     * @throws RegistrationRefused with nothing stored
     */
    public Registration create(RegistrationRequest request, Optional<String> bearer, Origin origin) {
        var caller = gate.admit(bearer);
        var examined = verifier.examine(request, Optional.empty());
        var checked = check(examined, Optional.empty(), admissionViolations(examined, caller));
        return admission.create(checked, caller, origin);
    }

    /** Reads a client (RFC 7592 §2.1). */
    public Registration read(String clientId, Optional<String> bearer) {
        var managed = management.admit(clientId, bearer);
        var client = managed.client();
        var retrieved = new RetrievedClient(client, statementOf(client), admission.shown(client.metadata()));
        return admission.read(retrieved, managed.token());
    }

    /**
     * Replaces the whole metadata of a client (RFC 7592 §2.2). Where others change the client at the same time, starts
     * over from what they made of it, three times in all.
     */
    public Registration replace(String clientId, RegistrationRequest request, Optional<String> bearer, Origin origin) {
        for (var attempt = 1; ; attempt++) {
            try {
                return replaceOnce(clientId, request, bearer, origin);
            } catch (RegistrationRefused e) {
                if (!(e.error() instanceof Conflict) || attempt == ATTEMPTS) throw e;
            }
        }
    }

    /** Deletes a client (RFC 7592 §2.3). Its tokens are dead at once. */
    public void delete(String clientId, Optional<String> bearer, Origin origin) {
        var managed = management.admit(clientId, bearer);
        clients.delete(clientId, Changes.deleted(managed.client(), managed.caller(), origin));
    }

    private Registration replaceOnce(
            String clientId, RegistrationRequest request, Optional<String> bearer, Origin origin) {
        var managed = management.admit(clientId, bearer);
        var client = managed.client();
        var bound = statementOf(client);
        var examined = verifier.examine(request, bound);
        var checked = check(examined, Optional.of(client), updateRules.check(examined.request(), client, bound));
        return admission.replace(checked, managed, origin);
    }

    private CheckedRequest check(Examined examined, Optional<RegisteredClient> existing, Stream<Violation> more) {
        var violations = new ArrayList<>(examined.violations());
        var reported = violations.stream().map(Registrar::member).collect(Collectors.toSet());
        // of a member that could not be read, the rules would only say once more that something is amiss
        Stream.concat(more, rules.check(examined.request()).stream())
                .filter(violation -> !reported.contains(member(violation)))
                .forEach(violations::add);
        // fetched last: nobody makes this server call out by a request that is refused anyway
        if (violations.isEmpty())
            violations.addAll(sectors.violations(examined.request().metadata()));
        if (!violations.isEmpty()) throw new RegistrationRefused(new Rejected(violations));
        return new CheckedRequest(examined.request(), existing);
    }

    private static String member(Violation violation) {
        var field = violation.field();
        var end = field.indexOf('[');
        return end < 0 ? field : field.substring(0, end);
    }

    private Stream<Violation> admissionViolations(Examined examined, Caller caller) {
        var violations = new ArrayList<Violation>();
        if (access.registration() == AccessConfig.Registration.SOFTWARE_STATEMENT
                && examined.request().statement().isEmpty()) {
            violations.add(Violation.statement(
                    "software_statement", "missing", "registering here takes a software_statement"));
        }
        if (caller instanceof Caller.InitialTokenHolder holder) {
            violations.addAll(
                    TokenPolicy.violations(holder.policy(), examined.request().metadata()));
        }
        return List.copyOf(violations).stream();
    }

    private Optional<SoftwareStatement> statementOf(RegisteredClient client) {
        return client.softwareStatement().map(statements::trusted);
    }
}
