package dev.dcr.registration;

import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_CREATION;
import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_RETRIEVAL;
import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_UPDATE;

import dev.dcr.access.AccessConfig;
import dev.dcr.access.Caller;
import dev.dcr.access.TokenDigest;
import dev.dcr.error.RegistrationError.Conflict;
import dev.dcr.error.RegistrationError.ExtensionBroke;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.extension.Extensible;
import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.MetadataReader;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.rules.RuleBook;
import dev.dcr.rules.RuleConfig;
import dev.dcr.statement.SoftwareStatement;
import dev.dcr.statement.StatementConfig;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The last step before a client is stored or shown. Before each method runs, the operator's extension has had its say
 * about the first argument; no transaction is open until it has.
 */
@ApplicationScoped
public class Admission {
    private static final Logger LOG = Logger.getLogger(Admission.class);
    private static final int ATTEMPTS = 10;

    @Inject
    AccessConfig access;

    @Inject
    StatementConfig statements;

    @Inject
    QuotaConfig quota;

    @Inject
    ExpiryConfig expiry;

    @Inject
    RuleConfig ruleConfig;

    @Inject
    RuleBook rules;

    @Inject
    MetadataReader reader;

    @Inject
    ClientSecrets secrets;

    @Inject
    SharedCommit commits;

    @EJB
    Clients clients;

    @Inject
    Clock clock;

    /** Stores a new client. */
    @Extensible(PRE_PROCESS_CLIENT_CREATION)
    public Registration create(CheckedRequest checked, Caller caller, Origin origin) {
        var request = checked.request();
        refuseBreaches(checked);
        var client = new RegisteredClient(ClientId.next(), clock.instant());
        var token = newToken();
        describe(client, request);
        if (expiry.isOn()) client.expiry(expiry).ifPresent(client::isDue);
        client.limitTo(caller.policy());
        token.map(TokenDigest::of).ifPresent(client::issueToken);
        var change = Changes.created(client.clientId(), request.metadata(), caller, origin);
        var written = store(new Write.Creation(client, caller.spends(), request.replay(), change));
        return registration(written, shown(request.metadata()), token);
    }

    /** Where others of the same software come first, there may still be room; each failure means that it got less. */
    private RegisteredClient store(Write.Creation creation) {
        for (var attempt = 1; ; attempt++) {
            try {
                return commits.store(creation);
            } catch (RegistrationRefused e) {
                if (!(e.error() instanceof Conflict) || attempt == ATTEMPTS) throw e;
            }
        }
    }

    /** Replaces what a client says about itself. */
    @Extensible(PRE_PROCESS_CLIENT_UPDATE)
    Registration replace(CheckedRequest checked, Managed managed, Origin origin) {
        var request = checked.request();
        refuseBreaches(checked);
        var before = managed.client();
        var token = access.rotate() && managed.token().isPresent() ? newToken() : managed.token();
        var written = commits.store(new Write.Replacement(
                before,
                client -> {
                    describe(client, request);
                    token.map(TokenDigest::of).ifPresent(client::issueToken);
                },
                request.replay(),
                Changes.updated(before, request.metadata(), managed.caller(), origin)));
        return registration(written, shown(request.metadata()), token);
    }

    /** What {@link #create} would store, the extension unasked. */
    Preview tryCreate(CheckedRequest checked) {
        return preview(checked);
    }

    /** What {@link #create} would store. */
    @Extensible(PRE_PROCESS_CLIENT_CREATION)
    Preview askAndTryCreate(CheckedRequest checked) {
        return preview(checked);
    }

    /** What {@link #replace} would store, the extension unasked. */
    Preview tryReplace(CheckedRequest checked) {
        return preview(checked);
    }

    /** What {@link #replace} would store. */
    @Extensible(PRE_PROCESS_CLIENT_UPDATE)
    Preview askAndTryReplace(CheckedRequest checked) {
        return preview(checked);
    }

    /** Shows a client to its owner. */
    @Extensible(PRE_PROCESS_CLIENT_RETRIEVAL)
    Registration read(RetrievedClient retrieved, Optional<String> token) {
        return registration(retrieved.client(), retrieved.clientData(), token);
    }

    /** The members that replies show: all but those that the operator's configuration keeps back. */
    ClientMetadata shown(ClientMetadata metadata) {
        var shown = StrictJson.PROVIDER.createObjectBuilder(metadata.json());
        ruleConfig.params().stream()
                .filter(param -> !param.includeInResponse())
                .forEach(param -> shown.remove(param.key()));
        return new ClientMetadata(shown.build());
    }

    private Preview preview(CheckedRequest checked) {
        var request = checked.request();
        refuseBreaches(checked);
        var existing = checked.existing().map(client -> new Preview.Existing(client.clientId(), client.issuedAt()));
        var imagined = existing.map(client -> new RegisteredClient(client.clientId(), client.issuedAt()))
                .orElseGet(() -> new RegisteredClient(ClientId.next(), clock.instant()));
        bind(imagined, request);
        // what is its software's already has its place
        checked.existing().flatMap(RegisteredClient::softwareStatement).ifPresent(bound -> imagined.isNumbered(0));
        clients.refuseToStore(imagined, request.replay());
        return new Preview(existing, shown(request.metadata()), shown(imagined.softwareStatement()));
    }

    /** What the extension added must hold like everything else; if it does not, the extension is at fault. */
    private void refuseBreaches(CheckedRequest checked) {
        if (!checked.extended()) return;
        var request = checked.request();
        var known = StrictJson.PROVIDER.createObjectBuilder();
        request.metadata().json().forEach((member, value) -> {
            if (reader.isKnown(member)) known.add(member, value);
        });
        var breaches = new java.util.ArrayList<>(reader.read(known.build()).violations());
        if (breaches.isEmpty()) breaches.addAll(rules.check(request));
        if (breaches.isEmpty()) return;
        LOG.errorf("the extension's answer breaks the rules of registration: %s", breaches);
        throw new RegistrationRefused(new ExtensionBroke("the operator's extension made the registration invalid"));
    }

    private void describe(RegisteredClient client, VerifiedRequest request) {
        var now = clock.instant();
        client.describe(request.metadata(), now);
        bind(client, request);
        if (!ClientSecrets.isNeededBy(request.metadata())) {
            client.dropSecret();
        } else if (client.secret().filter(secret -> secret.isGoodAt(now)).isEmpty()) {
            client.issueSecret(secrets.issue(client.clientId()));
        }
    }

    private void bind(RegisteredClient client, VerifiedRequest request) {
        var exclusive = statements.reuse() == StatementConfig.Reuse.ONE_CLIENT;
        request.statement().ifPresent(statement -> client.bind(statement, exclusive));
        // where software may have one client, there is nothing to count
        if (quota.isOn() && !exclusive)
            request.statement().flatMap(SoftwareStatement::software).ifPresent(client::countFor);
    }

    private Optional<String> newToken() {
        return access.management() == AccessConfig.Management.REGISTRATION_ACCESS_TOKEN
                ? Optional.of(TokenDigest.newToken())
                : Optional.empty();
    }

    private Registration registration(RegisteredClient client, ClientMetadata shown, Optional<String> token) {
        return new Registration(
                client.clientId(),
                client.issuedAt(),
                shown,
                shown(client.softwareStatement()),
                client.secret().map(kept -> secrets.open(kept, client.clientId())),
                token,
                client.version());
    }

    private Optional<String> shown(Optional<String> softwareStatement) {
        return softwareStatement.filter(statement -> ruleConfig
                .param("software_statement")
                .map(RuleConfig.Param::includeInResponse)
                .orElse(true));
    }
}
