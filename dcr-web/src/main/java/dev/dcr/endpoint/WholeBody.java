package dev.dcr.endpoint;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.RequestBufferingHandler;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;
import io.undertow.util.Protocols;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Waits for a request's body before anything else is done about the request. Waiting takes no thread, so that callers
 * who send slowly, or not at all, hold nothing but their own connection. A body that is announced to be longer than any
 * that is accepted is not waited for, and what all of them hold together is bounded by {@link WaitingMemory}.
 */
final class WholeBody implements HttpHandler {
    private final HttpHandler next;
    private final HttpHandler buffering;
    private final int longest;
    private final WaitingMemory memory;

    /**
     * @param longest body that is accepted, in bytes
     * @param memory  of the bodies that are waited for
     */
    WholeBody(HttpHandler next, int longest, WaitingMemory memory) {
        this.next = next;
        this.longest = longest;
        this.memory = memory;
        this.buffering = this::buffer;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        // whoever refuses the request reads what is left of its body, too
        if (!exchange.isRequestComplete())
            exchange.addRequestWrapper((source, same) -> new WaitingBody(source.create(), same, memory));
        if (isAmbiguous(exchange) || isOfNoPath(exchange)) {
            exchange.setStatusCode(StatusCodes.BAD_REQUEST).setPersistent(false).endExchange();
        } else if (exchange.getRequestContentLength() > longest) {
            next.handleRequest(exchange);
        } else if (HttpContinue.requiresContinueResponse(exchange)) {
            HttpContinue.sendContinueResponse(exchange, thenBuffer());
        } else {
            buffering.handleRequest(exchange);
        }
    }

    /**
     * RFC 9112 §6.1 and §6.3: by any transfer coding but {@code chunked}, and from a caller of HTTP/1.0 even by that, nobody
     * knows where the body ends. Undertow takes any word for {@code chunked}, a proxy in front of it may not: one of them
     * would take for a request what the other took for a body.
     */
    private static boolean isAmbiguous(HttpServerExchange exchange) {
        var coding = exchange.getRequestHeaders().getFirst(Headers.TRANSFER_ENCODING);
        return coding != null
                && !(coding.equalsIgnoreCase("chunked")
                        && exchange.getProtocol().equals(Protocols.HTTP_1_1));
    }

    /** A caller who hangs up in the middle of a body is at fault; unnoticed, Undertow would call it a fault of its own. */
    private void buffer(HttpServerExchange exchange) throws Exception {
        exchange.setStatusCode(StatusCodes.BAD_REQUEST);
        try {
            new RequestBufferingHandler(this::handOver, buffers(exchange)).handleRequest(exchange);
        } catch (IOException cutShort) {
            exchange.setPersistent(false).endExchange();
        }
    }

    private void handOver(HttpServerExchange exchange) throws Exception {
        memory.release(exchange);
        next.handleRequest(exchange.setStatusCode(StatusCodes.OK));
    }

    /** RFC 9112 §3.2: what is no path, or none that RFC 3986 knows ({@code *}, {@code /[}), trips those up who read it later. */
    private static boolean isOfNoPath(HttpServerExchange exchange) {
        try {
            var path = new URI(exchange.getRequestURI()).getRawPath();
            return path == null
                    || !path.startsWith("/")
                    || !exchange.getRequestPath().startsWith("/");
        } catch (URISyntaxException malformed) {
            return true;
        }
    }

    /** One byte more than is accepted, so that whoever reads the body sees that it is too long. */
    private int buffers(HttpServerExchange exchange) {
        return longest / exchange.getConnection().getByteBufferPool().getBufferSize() + 1;
    }

    private IoCallback thenBuffer() {
        return new IoCallback() {
            @Override
            public void onComplete(HttpServerExchange exchange, Sender sender) {
                // what is left of the header would keep the body from being waited for
                exchange.getRequestHeaders().remove(Headers.EXPECT);
                exchange.dispatch(SameThreadExecutor.INSTANCE, buffering);
            }

            @Override
            public void onException(HttpServerExchange exchange, Sender sender, IOException gone) {
                exchange.endExchange();
            }
        };
    }
}
