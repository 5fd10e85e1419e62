package dev.dcr.registration;

import dev.dcr.error.RegistrationRefused;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.DataException;
import org.hibernate.exception.LockAcquisitionException;

/**
 * Lets requests that come while others are being committed share the next commit: under load one transaction, one round
 * trip for each table and one write to the disk serve many of them, and nobody waits for company. A request is answered
 * only after the commit that holds its write.
 *
 * <p>The thread of one of the requests commits for all; when it is done it hands over to one of those that came
 * meanwhile. If the database refuses a shared commit, each write is tried alone: only who is at fault is refused.
 */
@ApplicationScoped
class SharedCommit {
    /** Commits under way at a time: one may wait for the disk while the other keeps the processor busy. */
    private static final int MOST_AT_A_TIME = 2;

    /** Writes in a commit; a longer one would only keep its first writes waiting. */
    private static final int MOST_TOGETHER = 64;

    @EJB
    Clients clients;

    private final Queue<Passenger> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * Carries out a write.
     *
     * @return the client as written
     * @throws dev.dcr.error.RegistrationRefused see {@link Clients#store}
     */
    RegisteredClient store(Write write) {
        if (!write.isSociable()) return alone(write);
        var own = new Passenger(write);
        if (board(own) || own.waitForTurn()) drive(own);
        return own.outcome();
    }

    /** How many writes wait for the next commit. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** @return whether the caller is to commit at once; otherwise it is in the queue */
    private synchronized boolean board(Passenger passenger) {
        if (underWay < MOST_AT_A_TIME) {
            underWay++;
            return true;
        }
        waiting.add(passenger);
        return false;
    }

    private void drive(Passenger driver) {
        try {
            commit(withOthers(driver));
        } finally {
            handOver().ifPresent(Passenger::takeTheWheel);
        }
    }

    /** Of one client's writes one: the next was made for a version that is no more by then, and has to be told so. */
    private synchronized List<Passenger> withOthers(Passenger driver) {
        var together = new LinkedHashMap<String, Passenger>();
        together.put(driver.write().clientId(), driver);
        var others = waiting.iterator();
        while (together.size() < MOST_TOGETHER && others.hasNext()) {
            var other = others.next();
            if (together.putIfAbsent(other.write().clientId(), other) == null) others.remove();
        }
        return List.copyOf(together.values());
    }

    private synchronized Optional<Passenger> handOver() {
        var next = Optional.ofNullable(waiting.poll());
        if (next.isEmpty()) underWay--;
        return next;
    }

    private void commit(List<Passenger> together) {
        try {
            var written = clients.store(together.stream().map(Passenger::write).toList());
            for (var i = 0; i < written.size(); i++) together.get(i).arrive(written.get(i));
        } catch (RuntimeException failure) {
            if (together.size() > 1 && isOfOneWrite(failure)) together.forEach(this::commitAlone);
            else together.forEach(passenger -> passenger.fail(failure));
        } finally {
            together.forEach(Passenger::strand);
        }
    }

    private void commitAlone(Passenger passenger) {
        try {
            passenger.arrive(alone(passenger.write()));
        } catch (RuntimeException refused) {
            passenger.fail(refused);
        }
    }

    /**
     * Whether nothing was committed because of what one of the writes holds. Of a database that is out of reach nobody
     * knows what it has committed, and trying once more would only take longer.
     */
    private static boolean isOfOneWrite(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistrationRefused
                    || cause instanceof ConstraintViolationException
                    || cause instanceof DataException
                    || cause instanceof LockAcquisitionException) return true;
        }
        return false;
    }

    private RegisteredClient alone(Write write) {
        return clients.store(List.of(write)).get(0);
    }
}
