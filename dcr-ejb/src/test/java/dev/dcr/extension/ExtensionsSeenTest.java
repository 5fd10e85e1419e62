package dev.dcr.extension;

import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_CREATION;
import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_RETRIEVAL;
import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dcr.error.RegistrationRefused;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.CsvSource;

/** What operators see of extension calls: log lines and metrics. */
class ExtensionsSeenTest {
    private static final Asking ASKING = Asking.about("{}");
    private static final String SUCCESS = "{\"responseId\":\"$ID\",\"status\":\"SUCCESS\"}";

    private final Logger logger = Logger.getLogger(Extensions.class.getName());
    private final Lines lines = new Lines();
    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        logger.addHandler(lines);
    }

    @AfterEach
    void stop() throws Exception {
        logger.removeHandler(lines);
        service.close();
    }

    @Test
    void anOutageIsLoggedOnceWithTheRequestId() {
        service.behaves(FakeService::hangUp);
        refused(service.asked().attempts(3).open(), PRE_PROCESS_CLIENT_CREATION);
        assertThat(lines.messages)
                .singleElement()
                .asString()
                .contains(service.received().get(0).requestId());
    }

    @Test
    void whatTheServiceSendsIsPrintableInTheLog() throws IOException {
        try (var raw = new RawService((connection, out, request) -> RawService.send(
                out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nforged\rline\u001b[2J\r\n"))) {
            refused(service.asked().at(raw.uri()).open(), PRE_PROCESS_CLIENT_CREATION);
        }
        assertThat(lines.messages).singleElement().asString().contains("forged").matches("\\p{Print}+");
    }

    @Test
    void aBreachIsLoggedOnceWithTheRequestIdAndWithoutTheBody() {
        service.answers(200, "{\"responseId\":\"forged\nline\",\"password\":\"hunter2\"");
        refused(service.asked().open(), PRE_PROCESS_CLIENT_CREATION);
        assertThat(lines.messages)
                .singleElement()
                .asString()
                .contains(service.only().requestId())
                .doesNotContain("hunter2", "forged");
    }

    @Test
    void theCallerIsToldTheRequestIdOfABreach() {
        service.answers(500, "");
        assertThatThrownBy(() -> service.asked().open().ask(PRE_PROCESS_CLIENT_CREATION, ASKING))
                .hasMessageContaining(service.received().get(0).requestId());
    }

    @Test
    void agreementAndRefusalAreNotLogged() {
        service.answers(200, SUCCESS);
        service.asked().open().ask(PRE_PROCESS_CLIENT_CREATION, ASKING);
        service.answers(200, "{\"status\":\"ERROR\"}");
        refused(service.asked().open(), PRE_PROCESS_CLIENT_CREATION);
        assertThat(lines.messages).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {"200, {\"status\":\"ERROR\"}, refused", "200, {}, broken", "500, x, broken"})
    void failedCallsAreTimedByPointAndOutcome(int status, String body, String outcome) {
        service.answers(status, body);
        var asked = service.asked();
        refused(asked.open(), PRE_PROCESS_CLIENT_UPDATE);
        assertThat(timed(asked, "pre_process_client_update", outcome)).isEqualTo(1);
    }

    @Test
    void successfulCallsAreTimed() {
        service.answers(200, SUCCESS);
        var asked = service.asked();
        asked.open().ask(PRE_PROCESS_CLIENT_RETRIEVAL, ASKING);
        assertThat(timed(asked, "pre_process_client_retrieval", "success")).isEqualTo(1);
    }

    @Test
    void outagesAreTimed() {
        service.behaves(FakeService::hangUp);
        var asked = service.asked();
        refused(asked.open(), PRE_PROCESS_CLIENT_CREATION);
        assertThat(timed(asked, "pre_process_client_creation", "unavailable")).isEqualTo(1);
    }

    @Test
    void withoutARegistryNothingIsTimed() {
        service.answers(200, SUCCESS);
        var extensions = service.asked().open();
        extensions.meters = new ExtensionMeters(Optional.empty());
        assertThat(extensions.ask(PRE_PROCESS_CLIENT_CREATION, ASKING)).isEqualTo(ASKING);
    }

    private static long timed(Asked asked, String point, String outcome) {
        return asked.meters
                .get("dcr.extension.calls")
                .tags("point", point, "outcome", outcome)
                .timer()
                .count();
    }

    private static void refused(Extensions extensions, ExtensionPoint point) {
        assertThatThrownBy(() -> extensions.ask(point, ASKING)).isInstanceOf(RegistrationRefused.class);
    }

    private static class Lines extends Handler {
        final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            messages.add(String.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
