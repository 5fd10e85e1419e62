package dev.dcr.endpoint;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** Refusals of the container itself become JSON like all others, instead of its HTML page. */
final class JsonErrors extends HttpServletResponseWrapper {
    private final Exchange exchange;

    JsonErrors(HttpServletResponse response, Exchange exchange) {
        super(response);
        this.exchange = exchange;
    }

    @Override
    public void sendError(int status) throws IOException {
        if (isCommitted()) return;
        resetBuffer();
        ErrorReply.ofStatus(status).send((HttpServletResponse) getResponse(), exchange);
    }

    /** @param message not passed on: the container puts class names and input into it */
    @Override
    public void sendError(int status, String message) throws IOException {
        sendError(status);
    }
}
