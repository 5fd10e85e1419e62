package dev.dcr.audit;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the trail in the order of its numbers, page by page. There is no index on it but that of the numbers, for each
 * would cost every registration something; the times of seals tell where to begin and to end.
 */
@Stateless
public class AuditExport {
    /** How many events a page looks at, to find those that are asked for. */
    private static final int LOOKED_AT = 2000;
    /** By how much the times of an event and of its seal may differ, clocks that are wrong included. */
    private static final Duration SLACK = Awaited.PATIENCE.multipliedBy(2);

    @PersistenceContext
    EntityManager entities;

    /** This bean as others call it, by which each call is a transaction. */
    @EJB
    AuditExport self;

    /**
     * Which events are asked for.
     *
     * @param after those with a greater number
     * @param from  those of that moment on
     * @param to    those before that moment
     */
    public record Selection(long after, Optional<Instant> from, Optional<Instant> to, Optional<String> clientId) {
        boolean has(Instant occurredAt, String client) {
            return from.filter(occurredAt::isBefore).isEmpty()
                    && to.filter(end -> !occurredAt.isBefore(end)).isEmpty()
                    && clientId.filter(id -> !id.equals(client)).isEmpty();
        }
    }

    /** The numbers of the events among which those asked for are, the first not included. */
    public record Span(long after, long last) {}

    /**
     * Some of the events asked for.
     *
     * @param last the number of the last event that was looked at; empty if there was none
     */
    public record Page(List<JsonObject> events, Optional<Long> last) {
        public Page {
            events = List.copyOf(events);
        }
    }

    /**
     * Hands on event after event. Nothing of the database is held meanwhile, so that whoever takes them may be slow.
     *
     * @param sink takes each event as it is exported
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void export(Selection selection, Consumer<JsonObject> sink) {
        var span = self.span(selection);
        var page = self.page(span, selection);
        while (page.last().isPresent()) {
            page.events().forEach(sink);
            page = self.page(new Span(page.last().get(), span.last()), selection);
        }
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Span span(Selection selection) {
        var ledger = new Ledger(entities);
        var after = selection
                .from()
                .map(from -> ledger.sealSince(from.minus(SLACK))
                        .map(seal -> seal.firstEvent() - 1)
                        .orElseGet(() -> ledger.head().lastEvent()));
        var last =
                selection.to().flatMap(to -> ledger.sealSince(to.plus(SLACK))).map(Seal::lastEvent);
        return new Span(Math.max(selection.after(), after.orElse(0L)), last.orElse(Long.MAX_VALUE));
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Page page(Span span, Selection selection) {
        var sights = entities.createQuery(
                        "select event.id, event.occurredAt, event.clientId from AuditEntry event"
                                + " where event.id > :after and event.id <= :last order by event.id",
                        Object[].class)
                .setParameter("after", span.after())
                .setParameter("last", span.last())
                .setMaxResults(LOOKED_AT)
                .getResultList();
        var ids = sights.stream()
                .filter(sight -> selection.has((Instant) sight[1], (String) sight[2]))
                .map(sight -> (Long) sight[0])
                .limit(Ledger.BATCH)
                .toList();
        var seen = ids.size() == Ledger.BATCH ? ids.get(ids.size() - 1) : lastOf(sights);
        return new Page(
                new Ledger(entities).events(ids).stream().map(AuditEntry::json).toList(), Optional.ofNullable(seen));
    }

    private static Long lastOf(List<Object[]> sights) {
        return sights.isEmpty() ? null : (Long) sights.get(sights.size() - 1)[0];
    }
}
