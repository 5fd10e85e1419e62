package dev.dcr.replay;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.LockOptions;
import org.hibernate.Session;
import org.hibernate.jpa.SpecHints;

/**
 * Rows that have an {@code expiresAt} which has passed, deleted in batches, each in a transaction of its own: no lock
 * lasts, and what another node is deleting is left to it.
 */
public final class ExpiredRows {
    public static final int BATCH = 1000;

    /**
     * How long rows are kept beyond their expiry. Without it, a node whose clock is ahead would forget a {@code jti} while
     * the request that it belongs to is still good by the clocks of the others.
     */
    public static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private ExpiredRows() {}

    /**
     * Deletes a batch of those that expired {@link #CLOCK_SKEW} ago, by their keys: in one statement with the search, PostgreSQL would read the whole table for
     * each batch.
     *
     * @return how many were deleted; fewer than {@link #BATCH} if there are no more
     */
    public static <T> int deleteBatch(EntityManager entities, Class<T> entity, Instant now) {
        entities.unwrap(Session.class).setJdbcBatchSize(BATCH);
        var expired = entities.createQuery(
                        "select kept from " + entity.getSimpleName()
                                + " kept where kept.expiresAt < :longAgo order by kept.expiresAt",
                        entity)
                .setParameter("longAgo", now.minus(CLOCK_SKEW))
                .setMaxResults(BATCH)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, LockOptions.SKIP_LOCKED)
                .getResultList();
        expired.forEach(entities::remove);
        return expired.size();
    }
}
