package dev.dcr.endpoint;

import dev.dcr.metrics.Operation;
import dev.dcr.registration.Origin;
import dev.dcr.registration.Toll;
import jakarta.servlet.ServletRequest;
import java.util.Optional;

/** One request while it is under way: what its log line, its metrics and its error body have to tell. */
final class Exchange {
    private static final String ATTRIBUTE = Exchange.class.getName();

    private final Origin origin;
    private Optional<Operation> operation = Optional.empty();
    private Optional<String> clientId = Optional.empty();
    private Optional<String> error = Optional.empty();
    private Optional<Passage> passage = Optional.empty();

    Exchange(Origin origin) {
        this.origin = origin;
    }

    /** The exchange that {@link RequestLog} opened for this request. */
    static Exchange of(ServletRequest request) {
        return (Exchange) request.getAttribute(ATTRIBUTE);
    }

    void open(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Notes that the request asks for something to be done to a registration. */
    void asksFor(Optional<Operation> operation) {
        this.operation = operation;
    }

    /** Notes the client that was registered or is asked for. */
    void concerns(String id) {
        clientId = Optional.of(id);
    }

    /** Notes the {@code error} member of the reply. */
    void failed(String code) {
        error = Optional.of(code);
    }

    /** Notes that the request is under a rate limit. */
    void passesBy(Passage let) {
        passage = Optional.of(let);
    }

    /** Notes the status of the reply. */
    void answered(int status) {
        if (passage.isPresent()) passage.get().end(status);
    }

    /** What the request costs whoever turns out to ask. */
    Toll toll() {
        return passage.isPresent() ? passage.get() : Toll.NONE;
    }

    Origin origin() {
        return origin;
    }

    Optional<Operation> operation() {
        return operation;
    }

    Optional<String> clientId() {
        return clientId;
    }

    Optional<String> error() {
        return error;
    }
}
