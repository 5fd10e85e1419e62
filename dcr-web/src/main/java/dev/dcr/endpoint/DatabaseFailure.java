package dev.dcr.endpoint;

import dev.dcr.error.RegistrationError.Unavailable;
import jakarta.persistence.TransactionRequiredException;
import jakarta.resource.ResourceException;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the failures of a database mean to a caller, in the order in which they are looked for. They are told by SQLSTATE;
 * those that start with 90 are H2's own.
 */
enum DatabaseFailure {
    /** No connection, or one that broke; nobody knows what became of a commit under way. */
    OUT_OF_REACH("the server is out of reach of its database; try again later", 5),
    /** It answers and cannot do what it is asked: no space, no memory, a standby, somebody else's lock. */
    INCAPABLE("the database cannot serve this request at present; try again later", 5),
    /** It answered, each time, and together that took longer than a transaction may. Nothing was stored. */
    TOO_SLOW("the database takes too long at present; try again later", 5),
    /** A deadlock, or transactions that cannot be put in order. Nothing was stored. */
    ROLLED_BACK("the database gave way to another request; try again", 1);

    private static final int DEEPEST = 20;

    /** PostgreSQL is full or has no such database; H2 was closed, after an error of its file for example. */
    private static final Set<String> GONE = Set.of("53300", "3D000", "90067", "90098", "90121");

    /** Read-only, cancelled, locked; H2: I/O errors, a lock's time-out. */
    private static final Set<String> INCAPABLE_STATES =
            Set.of("25006", "57014", "55P03", "90028", "90031", "90097", "HYT00");

    private final String description;
    private final int retryAfterSeconds;

    DatabaseFailure(String description, int retryAfterSeconds) {
        this.description = description;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** The database's failure behind this one, if that is what it is. Otherwise the failure is a bug of ours. */
    static Optional<DatabaseFailure> behind(Throwable failure) {
        return Stream.of(values())
                .filter(kind -> causes(failure).anyMatch(kind::shows))
                .findFirst();
    }

    /**
     * The failure and what is behind it. Enterprise beans and the persistence provider wrap it several times; the
     * transaction manager adds what failed at commit as suppressed.
     */
    static Stream<Throwable> causes(Throwable failure) {
        return causes(failure, DEEPEST);
    }

    private static Stream<Throwable> causes(Throwable failure, int depth) {
        if (failure == null || depth == 0) return Stream.empty();
        var behind = Stream.concat(Stream.ofNullable(failure.getCause()), Stream.of(failure.getSuppressed()));
        return Stream.concat(Stream.of(failure), behind.flatMap(cause -> causes(cause, depth - 1)));
    }

    Unavailable refusal() {
        return new Unavailable(description, Duration.ofSeconds(retryAfterSeconds));
    }

    private boolean shows(Throwable cause) {
        return switch (this) {
            case OUT_OF_REACH -> isGone(cause);
            case INCAPABLE -> isIncapable(cause);
            case TOO_SLOW -> isTimedOut(cause);
            case ROLLED_BACK -> isRolledBack(cause);
        };
    }

    /** SQLSTATE class 08, connection exception; 28, wrong password; PostgreSQL's 57P01 to 57P03, down or starting. */
    private static boolean isGone(Throwable cause) {
        return cause instanceof SQLNonTransientConnectionException
                || cause instanceof SQLTransientConnectionException
                || cause instanceof SQLRecoverableException
                || isWithoutConnection(cause)
                || has(cause, DatabaseFailure::tellsOfConnection);
    }

    /** The pool had none to give. What the database itself says, at a commit for example, comes in such a wrapping, too. */
    private static boolean isWithoutConnection(Throwable cause) {
        return cause instanceof ResourceException && causes(cause).noneMatch(SQLException.class::isInstance);
    }

    private static boolean tellsOfConnection(String state) {
        return state.startsWith("08") || state.startsWith("28") || state.startsWith("57P0") || GONE.contains(state);
    }

    /** SQLSTATE class 53, insufficient resources, and 58, an error of the system it runs on; H2 hands that up. */
    private static boolean isIncapable(Throwable cause) {
        return has(cause, state -> state.startsWith("53") || state.startsWith("58") || INCAPABLE_STATES.contains(state))
                || cause instanceof SQLException && causes(cause).anyMatch(IOException.class::isInstance);
    }

    /** The transaction was ended under its owner, who learns so from his next statement or from his commit. */
    private static boolean isTimedOut(Throwable cause) {
        return cause instanceof TransactionRequiredException
                || cause instanceof RollbackException && causes(cause).count() == 1;
    }

    private static boolean isRolledBack(Throwable cause) {
        return has(cause, state -> state.startsWith("40"));
    }

    private static boolean has(Throwable cause, Predicate<String> sign) {
        return cause instanceof SQLException sql && sql.getSQLState() != null && sign.test(sql.getSQLState());
    }
}
