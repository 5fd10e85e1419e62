package dev.dcr.registration;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * Refuses to start with keys that open none of the client secrets that are stored: it is the wrong file, or one that was
 * made just now because the right one is missing. Owners would get errors, and new secrets would be lost to other nodes.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class KeysAtHand {
    private static final Logger LOG = Logger.getLogger(KeysAtHand.class);

    /** Clients that are looked at. Their identifiers are random, so the first ones are of any age and of any node. */
    private static final int SAMPLE = 100;

    @PersistenceContext
    EntityManager entities;

    @Inject
    ClientSecrets secrets;

    @PostConstruct
    void open() {
        var sealed = sample();
        var closed = sealed.stream().filter(secret -> !secrets.canOpen(secret)).count();
        if (closed == 0) return;
        var problem =
                closed + " of " + sealed.size() + " client secrets that were looked at are under keys which are not"
                        + " among the configured ones (dcr.client_secret.encryption_key_file): give this node the key file of"
                        + " those that registered them";
        if (closed == sealed.size()) throw new IllegalStateException(problem);
        LOG.error(problem);
    }

    private List<String> sample() {
        return entities.createQuery(
                        "select client.sealedSecret from RegisteredClient client order by client.clientId",
                        String.class)
                .setMaxResults(SAMPLE)
                .getResultStream()
                .filter(Objects::nonNull)
                .toList();
    }
}
