package dev.dcr.registration;

import dev.dcr.audit.AuditSealer;
import dev.dcr.audit.AuditTrail;
import dev.dcr.audit.Change;
import dev.dcr.audit.Change.Action;
import dev.dcr.audit.OperatorRequest;
import dev.dcr.json.StrictJson;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Brings every client secret under the first key, so that the older keys can go. */
@Stateless
public class ReEncryption {
    private static final Logger LOG = Logger.getLogger(ReEncryption.class);
    private static final int BATCH = 500;
    private static final int PASSES = 3;

    @PersistenceContext
    EntityManager entities;

    @Inject
    ClientSecrets secrets;

    @EJB
    AuditTrail trail;

    @EJB
    AuditSealer sealer;

    /** This bean as others call it, by which each call is a transaction. */
    @EJB
    ReEncryption self;

    /**
     * What came of it.
     *
     * @param reEncrypted how many secrets are under the first key that were not
     * @param busy        how many are not because their clients kept changing: try again
     * @param unreadable  how many cannot be read, for their key is not among the configured ones
     * @param sealed      whether the audit trail is under the first key
     */
    public record Outcome(int reEncrypted, int busy, int unreadable, boolean sealed) {
        /** Whether the older keys can go. */
        public boolean isComplete() {
            return busy == 0 && unreadable == 0 && sealed;
        }
    }

    /** The same on the way, up to the last client that was looked at, if there was one. */
    public record Progress(int reEncrypted, int busy, int unreadable, Optional<String> last) {
        static final Progress NONE = new Progress(0, 0, 0, Optional.empty());

        private Progress plus(Progress next) {
            return new Progress(
                    reEncrypted + next.reEncrypted, busy + next.busy, unreadable + next.unreadable, next.last);
        }
    }

    /**
     * Goes through all clients, some in a transaction, and once more for those that were changed at the same time. Then it
     * puts the audit trail under the first key, too.
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Outcome reEncryptAll(OperatorRequest request) {
        var progress = pass(request);
        for (var again = 1; again < PASSES && progress.busy() > 0; again++) {
            var next = pass(request);
            progress = new Progress(
                    progress.reEncrypted() + next.reEncrypted(), next.busy(), next.unreadable(), next.last());
        }
        return new Outcome(progress.reEncrypted(), progress.busy(), progress.unreadable(), sealer.sealAll());
    }

    private Progress pass(OperatorRequest request) {
        var progress = Progress.NONE;
        var batch = self.reEncrypt("", request);
        while (batch.last().isPresent()) {
            progress = progress.plus(batch);
            batch = self.reEncrypt(batch.last().get(), request);
        }
        return progress;
    }

    /**
     * Re-encrypts the secrets of the next clients. A client's version rises with it: whoever read the client before, and
     * would write the old text back, starts over.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Progress reEncrypt(String afterClient, OperatorRequest request) {
        var progress = Progress.NONE;
        for (var client : clientsAfter(afterClient)) progress = progress.plus(reEncrypt(client));
        if (progress.reEncrypted() > 0)
            trail.record(List.of(Change.byOperator(Action.RE_ENCRYPT, request, count(progress))));
        return progress;
    }

    private static JsonObject count(Progress progress) {
        return StrictJson.PROVIDER
                .createObjectBuilder()
                .add("client_secrets", progress.reEncrypted())
                .build();
    }

    private record Kept(String clientId, String sealed, long version) {}

    private List<Kept> clientsAfter(String clientId) {
        return entities.createQuery(
                        "select client.clientId, client.sealedSecret, client.version from RegisteredClient client"
                                + " where client.clientId > :after order by client.clientId",
                        Object[].class)
                .setParameter("after", clientId)
                .setMaxResults(BATCH)
                .getResultStream()
                .map(row -> new Kept((String) row[0], (String) row[1], (Long) row[2]))
                .toList();
    }

    private Progress reEncrypt(Kept kept) {
        var looked = Optional.of(kept.clientId());
        if (kept.sealed() == null) return new Progress(0, 0, 0, looked);
        try {
            var renewed = secrets.underFirstKey(kept.sealed(), kept.clientId());
            if (renewed.isEmpty()) return new Progress(0, 0, 0, looked);
            return replace(kept, renewed.get()) ? new Progress(1, 0, 0, looked) : new Progress(0, 1, 0, looked);
        } catch (IllegalStateException unreadable) {
            LOG.errorf("the secret of client %s stays as it is: %s", kept.clientId(), unreadable.getMessage());
            return new Progress(0, 0, 1, looked);
        }
    }

    private boolean replace(Kept kept, String renewed) {
        return entities.createQuery("update RegisteredClient client set client.sealedSecret = :renewed,"
                                + " client.version = client.version + 1"
                                + " where client.clientId = :id and client.version = :version")
                        .setParameter("renewed", renewed)
                        .setParameter("id", kept.clientId())
                        .setParameter("version", kept.version())
                        .executeUpdate()
                == 1;
    }
}
