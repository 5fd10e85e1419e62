package dev.dcr.endpoint;

import dev.dcr.error.RegistrationError;
import dev.dcr.error.RegistrationError.RefusedByExtension;
import dev.dcr.error.RegistrationError.Rejected;
import dev.dcr.error.RegistrationError.SlowDown;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.Violation;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import jakarta.json.JsonArray;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An error as RFC 7591 §3.2.2 puts it on the wire, with {@code violations} and {@code correlation_id} beside the
 * standard pair.
 *
 * @param description may come from anywhere; what §3.2.2 does not allow in it is replaced
 * @param retryAfter  when to come back; said in {@code Retry-After} (RFC 9110 §10.2.3)
 */
record ErrorReply(
        int status, String code, String description, List<Violation> violations, Optional<Duration> retryAfter) {
    private static final Duration NOT_READY = Duration.ofSeconds(5);

    static final ErrorReply BUSY = new ErrorReply(
            503,
            "temporarily_unavailable",
            "the server has more to do than it can; try again later",
            List.of(),
            Optional.of(Duration.ofSeconds(1)));

    static ErrorReply of(RegistrationError error) {
        return new ErrorReply(
                error.status(), error.code(), error.description(), violationsOf(error), retryAfter(error));
    }

    private static Optional<Duration> retryAfter(RegistrationError error) {
        if (error instanceof SlowDown slow) return Optional.of(slow.retryAfter());
        if (error instanceof Unavailable gone) return Optional.of(gone.retryAfter());
        return Optional.empty();
    }

    private static List<Violation> violationsOf(RegistrationError error) {
        if (error instanceof Rejected rejected) return rejected.violations();
        if (error instanceof RefusedByExtension refused) return refused.violations();
        return List.of();
    }

    /** What HTTP itself, or the container, has to object. */
    static ErrorReply ofStatus(int status) {
        var code = status == 503 ? "temporarily_unavailable" : status >= 500 ? "server_error" : "invalid_request";
        var retryAfter = status == 503 ? Optional.of(NOT_READY) : Optional.<Duration>empty();
        return new ErrorReply(status, code, describe(status), List.of(), retryAfter);
    }

    private static String describe(int status) {
        return switch (status) {
            case 400 -> "the request is malformed";
            case 404 -> "there is nothing at this path";
            case 405 -> "this path does not know the method";
            case 406 -> "replies are application/json, which the Accept header does not admit";
            case 413 -> "the body is too long";
            case 415 ->
                "the media type of the body is not supported here: send application/json in UTF-8, or a signed"
                        + " registration request as application/jwt or application/jose";
            case 503 -> "the server is not ready; try again later";
            default ->
                status >= 500
                        ? "the server failed; its log knows more under the correlation_id"
                        : "the request is refused";
        };
    }

    /** The reply for JAX-RS. */
    Response.ResponseBuilder response(Exchange exchange) {
        exchange.failed(code);
        var reply = Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(json(exchange.origin().correlationId()));
        retryAfter.ifPresent(wait -> reply.header(HttpHeaders.RETRY_AFTER, wait.toSeconds()));
        return reply;
    }

    /** The reply where JAX-RS is out of reach. */
    void send(HttpServletResponse response, Exchange exchange) throws IOException {
        exchange.failed(code);
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON);
        ReplyHeaders.DEFAULTS.forEach(response::setHeader);
        retryAfter.ifPresent(wait -> response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds())));
        var body = json(exchange.origin().correlationId());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The reply where there is no servlet yet. */
    void send(HttpServerExchange http, String correlationId) {
        var headers = http.getResponseHeaders();
        ReplyHeaders.DEFAULTS.forEach((name, value) -> headers.put(new HttpString(name), value));
        retryAfter.ifPresent(wait -> headers.put(Headers.RETRY_AFTER, wait.toSeconds()));
        headers.put(new HttpString(CorrelationId.HEADER), correlationId)
                .put(Headers.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        http.setStatusCode(status).getResponseSender().send(ByteBuffer.wrap(json(correlationId)));
    }

    private byte[] json(String correlationId) {
        var json = JsonText.JSON.createObjectBuilder().add("error", code).add("error_description", ascii(description));
        if (!violations.isEmpty()) json.add("violations", asJson(violations));
        return JsonText.print(json.add("correlation_id", correlationId).build());
    }

    private static JsonArray asJson(List<Violation> violations) {
        var array = JsonText.JSON.createArrayBuilder();
        violations.forEach(violation -> array.add(JsonText.JSON
                .createObjectBuilder()
                .add("field", violation.field())
                .add("code", violation.code())
                .add("message", ascii(violation.message()))));
        return array.build();
    }

    /** RFC 7591 §3.2.2 and RFC 6749 §5.2: printable ASCII without quotation mark and backslash. */
    private static String ascii(String text) {
        var ascii = new StringBuilder(text.length());
        text.codePoints().forEach(c -> ascii.append(c < 0x20 || c > 0x7e || c == '"' || c == '\\' ? '?' : (char) c));
        return ascii.toString();
    }
}
