package dev.dcr.registration;

import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.PersistenceContext;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * How many living clients a piece of software may have ({@code dcr.quota}). Each of them holds a number that no other client
 * of that software has; of two registrations that take the same one, the database's unique key lets one through.
 */
@Stateless
public class SoftwareQuota {
    @PersistenceContext
    EntityManager entities;

    @Inject
    QuotaConfig config;

    @Inject
    ClientMeters meters;

    /**
     * Numbers a client that its software is to answer for, as part of the transaction that stores it.
     *
     * @throws RegistrationRefused if the software has as many clients as it may have
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void admit(RegisteredClient client) {
        var taken = numbers(client);
        if (isFull(taken)) throw refused();
        // of those free, as many as there is room for: whoever counts the same clients draws from the same numbers, so
        // that they cannot exceed the quota together; at random, so that they seldom meet
        var room = config.clientsPerSoftware() - taken.size();
        client.isNumbered(free(taken)
                .skip(ThreadLocalRandom.current().nextInt(room))
                .findFirst()
                .getAsInt());
    }

    /** Numbers a client that was its software's before anybody counted. It stays, whatever the quota. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void countIn(RegisteredClient client) {
        client.isNumbered(free(numbers(client)).findFirst().getAsInt());
    }

    /** Refuses what {@link #admit} would refuse at this moment. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public void refuseFull(RegisteredClient client) {
        if (isFull(numbers(client))) throw refused();
    }

    private boolean isFull(List<Integer> taken) {
        return taken.size() >= config.clientsPerSoftware();
    }

    private static IntStream free(List<Integer> taken) {
        var numbers = new HashSet<>(taken);
        return IntStream.iterate(1, number -> number + 1).filter(number -> !numbers.contains(number));
    }

    private List<Integer> numbers(RegisteredClient client) {
        return entities.createQuery(
                        "select other.softwareNumber from RegisteredClient other where other.countedSoftware = :software",
                        Integer.class)
                .setParameter("software", client.countedSoftware().orElseThrow())
                // what this transaction changes has no number yet
                .setFlushMode(FlushModeType.COMMIT)
                .getResultList();
    }

    private RegistrationRefused refused() {
        meters.refusedByQuota();
        return RegistrationRefused.rejecting(Violation.statement(
                "software_statement",
                "quota_exceeded",
                "this software has as many clients as it may have (" + config.clientsPerSoftware()
                        + "); update or delete one of them"));
    }
}
