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
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
    StatementCertificate certificates;

    @Inject
    Admission admission;

    @Inject
    SharedCommit commits;

    @Inject
    ExpiryConfig expiryConfig;

    @EJB
    Expiry expiry;

    @Inject
    Clock clock;

    /**
     * Registers a client (RFC 7591 §3).
     *
     * @throws RegistrationRefused with nothing stored
     */
    public Registration create(RegistrationRequest request, Call call) {
        var caller = gate.admit(call.credentials());
        return admission.create(checkNew(request, caller, call), caller, call.origin());
    }

    /**
     * Tells what registering a client would come to. Nothing is stored: no client, no audit entry, no spent {@code jti}
     * and no use of an initial access token; but one that is spent already is told of.
     *
     * @throws RegistrationRefused where {@link #create} would refuse, for the same reasons
     */
    public Preview tryCreate(RegistrationRequest request, Call call, DryRun dryRun) {
        var checked = checkNew(request, gate.admit(call.credentials()), call);
        return dryRun == DryRun.WITH_EXTENSION ? admission.askAndTryCreate(checked) : admission.tryCreate(checked);
    }

    /** Reads a client (RFC 7592 §2.1). */
    public Registration read(String clientId, Call call) {
        var managed = admit(clientId, call);
        var client = managed.client();
        var retrieved = new RetrievedClient(client, statementOf(client), admission.shown(client.metadata()));
        return admission.read(retrieved, managed.token());
    }

    /**
     * Replaces the whole metadata of a client (RFC 7592 §2.2). Where others change the client at the same time, starts
     * over from what they made of it, three times in all.
     */
    public Registration replace(String clientId, RegistrationRequest request, Call call) {
        return retried(
                admit(clientId, call),
                call,
                managed -> admission.replace(checkUpdate(request, managed.client(), call), managed, call.origin()));
    }

    /**
     * Tells what replacing a client's metadata would come to, and stores nothing.
     *
     * @throws RegistrationRefused where {@link #replace} would refuse, for the same reasons
     */
    public Preview tryReplace(String clientId, RegistrationRequest request, Call call, DryRun dryRun) {
        var checked = checkUpdate(request, admit(clientId, call).client(), call);
        return dryRun == DryRun.WITH_EXTENSION ? admission.askAndTryReplace(checked) : admission.tryReplace(checked);
    }

    /** Deletes a client (RFC 7592 §2.3). Its tokens are dead at once. */
    public void delete(String clientId, Call call) {
        retried(admit(clientId, call), call, managed -> {
            var client = managed.client();
            commits.store(new Write.Deletion(client, Changes.deleted(client, managed.caller(), call.origin())));
            return managed;
        });
    }

    private Managed admit(String clientId, Call call) {
        var managed = management.admit(clientId, call.credentials());
        call.toll().chargeClient(clientId);
        expiryConfig.noted().ifPresent(lately -> noteUse(managed.client(), lately));
        call.precondition().require(managed.client());
        return managed;
    }

    private void noteUse(RegisteredClient client, Duration lately) {
        if (!client.wasUsedSince(clock.instant().minus(lately))) expiry.noteUse(client.clientId());
    }

    /** The precondition is asked of each version anew: starting over must not hide what the caller wanted to hear of. */
    private <T> T retried(Managed admitted, Call call, Function<Managed, T> change) {
        var managed = admitted;
        for (var attempt = 1; ; attempt++) {
            try {
                return change.apply(managed);
            } catch (RegistrationRefused e) {
                if (!(e.error() instanceof Conflict)) throw e;
                managed = management.again(managed);
                call.precondition().require(managed.client());
                if (attempt == ATTEMPTS) throw e;
            }
        }
    }

    private CheckedRequest checkNew(RegistrationRequest request, Caller caller, Call call) {
        var examined = verifier.examine(request, Optional.empty());
        var checked = check(examined, Optional.empty(), admissionViolations(examined, caller));
        var certificate = call.credentials().certificate();
        examined.request().statement().ifPresent(statement -> certificates.require(statement, certificate));
        certificates.requireSubject(checked.clientData(), Optional.empty(), certificate);
        examined.request().statement().flatMap(SoftwareStatement::software).ifPresent(call.toll()::chargeSoftware);
        return checked;
    }

    private CheckedRequest checkUpdate(RegistrationRequest request, RegisteredClient client, Call call) {
        var bound = statementOf(client);
        var examined = verifier.examine(request, bound);
        var asked = Stream.concat(
                updateRules.check(examined.request(), client, bound),
                TokenPolicy.violations(client.policy(), examined.request().metadata()).stream());
        var checked = check(examined, Optional.of(client), asked);
        certificates.requireSubject(
                checked.clientData(),
                Optional.of(client.metadata()),
                call.credentials().certificate());
        return checked;
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
        if ((access.registration() == AccessConfig.Registration.SOFTWARE_STATEMENT
                        || access.mutualTls().isByStatement())
                && examined.request().statement().isEmpty()) {
            violations.add(Violation.statement(
                    "software_statement", "missing", "registering here takes a software_statement"));
        }
        violations.addAll(
                TokenPolicy.violations(caller.policy(), examined.request().metadata()));
        return List.copyOf(violations).stream();
    }

    private Optional<SoftwareStatement> statementOf(RegisteredClient client) {
        return client.softwareStatement().map(statements::trusted);
    }
}
