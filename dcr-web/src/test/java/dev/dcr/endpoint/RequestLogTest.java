package dev.dcr.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.error.RegistrationError.Conflict;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.metrics.Answered;
import dev.dcr.metrics.Operation;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLogTest {
    static final Logger LOG = Logger.getLogger("dcr.request");

    final EndpointServer server = new EndpointServer(Settings.trustedProxy("127.0.0.1", 32));
    final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        LOG.addHandler(lines);
    }

    @AfterEach
    void stop() {
        server.close(); // waits for requests, and so for their lines
        LOG.removeHandler(lines);
    }

    @Test
    void theCallersCorrelationIdGoesThrough() {
        var reply = server.delete("/register/abc", "X-Correlation-ID", "my-id.1_2");
        assertThat(reply.headers().allValues("X-Correlation-ID")).containsExactly("my-id.1_2");
        assertThat(server.registrar.calls)
                .singleElement()
                .satisfies(call -> assertThat(call.origin().correlationId()).isEqualTo("my-id.1_2"));
    }

    @Test
    void theInteractionIdOfOpenBankingServesAsWell() {
        var reply = server.get("/register/abc", "x-fapi-interaction-id", "c770aef3-6784-41f7-8e0e-ff5f97bddb3a");
        assertThat(reply.headers().allValues("x-fapi-interaction-id"))
                .containsExactly("c770aef3-6784-41f7-8e0e-ff5f97bddb3a");
        assertThat(reply.headers().allValues("X-Correlation-ID"))
                .containsExactly("c770aef3-6784-41f7-8e0e-ff5f97bddb3a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a\"b", "<script>", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})
    void anUnusableCorrelationIdIsReplaced(String id) {
        assertThat(server.get("/register/abc", "X-Correlation-ID", id).headers().firstValue("X-Correlation-ID"))
                .hasValueSatisfying(made -> assertThat(made).hasSize(36).isNotEqualTo(id));
    }

    @Test
    void eachRequestIsOneLine() {
        server.get("/register/abc?access_token=hidden", "X-Correlation-ID", "id1", "Authorization", "Bearer hidden");
        server.close();
        assertThat(lines.texts)
                .singleElement()
                .asString()
                .matches("method=GET path=/register/abc status=200 duration_ms=\\d+ client_id=abc source=127.0.0.1"
                        + " correlation_id=id1");
    }

    /** A token has 43 characters, a secret 36, a statement more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/register/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "/register/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/",
                "/register/Bearer%20xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "/register;xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/abc",
                "/nowhere/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void aTokenInThePathIsNotWritten(String path) {
        server.get(path);
        server.close();
        assertThat(lines.texts).singleElement().asString().doesNotContain("xx").contains("...");
    }

    @Test
    void aRefusalNamesItsCode() {
        server.registrar.failure = new RegistrationRefused(new Conflict("no"));
        server.get("/register/abc");
        server.close();
        assertThat(lines.texts).singleElement().asString().contains(" status=409 ", " error=conflict ");
    }

    @Test
    void behindATrustedProxyTheSourceIsTheCaller() {
        server.delete("/register/abc", "X-Forwarded-For", "198.51.100.1, 203.0.113.9");
        server.delete("/register/abc", "Forwarded", "for=198.51.100.1, for=\"[2001:db8::9]:47\";proto=https");
        assertThat(server.registrar.calls)
                .extracting(call -> call.origin().sourceAddress())
                .containsExactly("203.0.113.9", "2001:db8:0:0:0:0:0:9");
    }

    @Test
    void aLineCannotBeForged() {
        server.get("/register/a%0d%0amethod=DELETE%20status=204");
        server.close();
        assertThat(lines.texts)
                .singleElement()
                .asString()
                .doesNotContain("\n", "\r")
                .contains("client_id=\"a\\u000d\\u000a");
    }

    @Test
    void onlyRequestsAboutRegistrationsAreMeasured() {
        server.get("/nowhere");
        server.post("/register", "application/json", "{}");
        server.post("/register", "text/plain", "{}");
        server.send(server.to("/register/abc").DELETE());
        server.send(server.to("/register").method("OPTIONS", BodyPublishers.noBody()));
        server.close();
        assertThat(server.answered)
                .extracting(Answered::operation)
                .containsExactly(Operation.CREATE, Operation.CREATE, Operation.DELETE);
        assertThat(server.answered)
                .extracting(Answered::error)
                .containsExactly(Optional.empty(), Optional.of("invalid_request"), Optional.empty());
    }

    /** A caller that hangs up in the middle of its body has asked for nothing. */
    @Test
    void aBrokenOffBodyIsNoRequest() throws IOException {
        try (var socket =
                new Socket(server.socket().getAddress(), server.socket().getPort())) {
            socket.getOutputStream()
                    .write(
                            "POST /register HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().read();
        }
        server.close();
        assertThat(lines.texts).isEmpty();
        assertThat(server.registrar.calls).isEmpty();
    }

    static final class Lines extends Handler {
        final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            texts.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
