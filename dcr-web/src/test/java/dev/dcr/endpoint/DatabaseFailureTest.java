package dev.dcr.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBException;
import jakarta.persistence.TransactionRequiredException;
import jakarta.resource.ResourceException;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFailureTest {

    @ParameterizedTest
    @CsvSource({
        "08006, OUT_OF_REACH", "57P01, OUT_OF_REACH", "57P03, OUT_OF_REACH", "53300, OUT_OF_REACH",
        "28P01, OUT_OF_REACH", "3D000, OUT_OF_REACH", "90098, OUT_OF_REACH", "53100, INCAPABLE",
        "58030, INCAPABLE", "25006, INCAPABLE", "57014, INCAPABLE", "55P03, INCAPABLE",
        "90031, INCAPABLE", "HYT00, INCAPABLE", "40001, ROLLED_BACK", "40P01, ROLLED_BACK"
    })
    void isToldBySqlState(String state, DatabaseFailure failure) {
        assertThat(DatabaseFailure.behind(new EJBException(new SQLException("", state))))
                .hasValue(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P0001", "23505", "42P01", "22001"})
    void whatTheDatabaseRefusesForAReasonIsOurBug(String state) {
        assertThat(DatabaseFailure.behind(new EJBException(new SQLException("", state))))
                .isEmpty();
    }

    @Test
    void aPoolWithoutConnectionsIsOutOfReach() {
        assertThat(DatabaseFailure.behind(new EJBException(new ResourceException("no managed connections"))))
                .hasValue(DatabaseFailure.OUT_OF_REACH);
    }

    @Test
    void whatH2CannotWriteIsNoBug() {
        var noSpace = new IllegalStateException(new IOException("No space left on device"));
        assertThat(DatabaseFailure.behind(new EJBException(new SQLException("", "HY000", noSpace))))
                .hasValue(DatabaseFailure.INCAPABLE);
    }

    /** The transaction manager hides what failed at commit among the suppressed, the pool wraps it. */
    @ParameterizedTest
    @CsvSource({"08006, true", "P0001, false"})
    void aFailedCommitIsJudgedByWhatTheDatabaseSaid(String state, boolean outOfReach) {
        var rollback = new RollbackException("could not commit");
        rollback.addSuppressed(new ResourceException("commit failed", new SQLException("", state)));
        assertThat(DatabaseFailure.behind(new EJBException(rollback)).isPresent())
                .isEqualTo(outOfReach);
    }

    @Test
    void aTransactionThatWasEndedUnderItsOwnerTookTooLong() {
        assertThat(DatabaseFailure.behind(new EJBException(new TransactionRequiredException())))
                .hasValue(DatabaseFailure.TOO_SLOW);
        var ended = new EJBException();
        ended.initCause(new RollbackException("not active"));
        assertThat(DatabaseFailure.behind(ended)).hasValue(DatabaseFailure.TOO_SLOW);
    }

    @Test
    void anythingElseIsOurBug() {
        assertThat(DatabaseFailure.behind(new IllegalStateException())).isEmpty();
    }
}
