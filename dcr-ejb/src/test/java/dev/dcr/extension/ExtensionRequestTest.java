package dev.dcr.extension;

import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_CREATION;
import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_RETRIEVAL;
import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionRequestTest {
    private static final String SUCCESS = "{\"responseId\":\"$ID\",\"status\":\"SUCCESS\"}";
    private static final Asking ASKING = Asking.about("{'client_name':'Zoë'}");

    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService().answers(200, SUCCESS);
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        MDC.remove("correlation_id");
    }

    @Test
    void creationSendsClientDataAndTheStatementsClaims() {
        ask(PRE_PROCESS_CLIENT_CREATION, ASKING.withStatement("{'iss':'Directory'}"));
        assertThat(sent("/pre-process-client-creation"))
                .isEqualTo("{'requestId':'$ID','data':{'clientData':{'client_name':'Zoë'},"
                        + "'softwareStatement':{'iss':'Directory'}}}");
    }

    @Test
    void creationWithoutStatementHasNoStatementMember() {
        ask(PRE_PROCESS_CLIENT_CREATION, ASKING);
        assertThat(sent("/pre-process-client-creation"))
                .isEqualTo("{'requestId':'$ID','data':{'clientData':{'client_name':'Zoë'}}}");
    }

    @Test
    void updateSendsWhatIsStoredToo() {
        ask(PRE_PROCESS_CLIENT_UPDATE, ASKING.withStatement("{'iss':'D'}").withExisting("{'client_name':'Old'}"));
        assertThat(sent("/pre-process-client-update"))
                .isEqualTo("{'requestId':'$ID','data':{'clientData':{'client_name':'Zoë'},"
                        + "'softwareStatement':{'iss':'D'},'existingClientData':{'client_name':'Old'}}}");
    }

    @Test
    void retrievalSendsWhatIsStoredAndNoClientData() {
        ask(PRE_PROCESS_CLIENT_RETRIEVAL, ASKING.withStatement("{'iss':'D'}").withExisting("{'client_name':'Old'}"));
        assertThat(sent("/pre-process-client-retrieval"))
                .isEqualTo("{'requestId':'$ID','data':{'softwareStatement':{'iss':'D'},"
                        + "'existingClientData':{'client_name':'Old'}}}");
    }

    @Test
    void secretsAndTokensStayHere() {
        ask(
                PRE_PROCESS_CLIENT_UPDATE,
                Asking.about("{'client_secret':'s1','client_name':'A'}")
                        .withExisting("{'client_secret':'s2','registration_access_token':'t1',"
                                + "'initial_access_token':'t2','client_id':'c'}"));
        assertThat(sent("/pre-process-client-update"))
                .isEqualTo("{'requestId':'$ID','data':{'clientData':{'client_name':'A'},"
                        + "'existingClientData':{'client_id':'c'}}}");
    }

    @Test
    void requestIdIsAFreshUuid() {
        ask(PRE_PROCESS_CLIENT_CREATION, ASKING);
        assertThat(UUID.fromString(service.only().requestId()).version()).isEqualTo(4);
    }

    @Test
    void speaksJsonBothWays() {
        ask(PRE_PROCESS_CLIENT_CREATION, ASKING);
        assertThat(service.only().method()).isEqualTo("POST");
        assertThat(service.only().header("Content-Type")).isEqualTo("application/json");
        assertThat(service.only().header("Accept")).isEqualTo("application/json");
        assertThat(service.only().header("Authorization")).isNull();
    }

    @Test
    void passesTheCorrelationIdOn() {
        MDC.put("correlation_id", "c-42");
        ask(PRE_PROCESS_CLIENT_CREATION, ASKING);
        assertThat(service.only().header("X-Correlation-ID")).isEqualTo("c-42");
    }

    @Test
    void withoutCorrelationIdThereIsNoHeaderForIt() {
        ask(PRE_PROCESS_CLIENT_CREATION, ASKING);
        assertThat(service.only().header("X-Correlation-ID")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ext", "/ext/"})
    void theBaseUrlsPathStaysInFront(String base) {
        service.asked().at(service.uri(base)).open().ask(PRE_PROCESS_CLIENT_CREATION, ASKING);
        assertThat(service.only().path()).isEqualTo("/ext/pre-process-client-creation");
    }

    @Test
    void aPointThatIsNotAllowedIsNotAsked() {
        var asked = service.asked().only(PRE_PROCESS_CLIENT_UPDATE).open();
        assertThat(asked.ask(PRE_PROCESS_CLIENT_CREATION, ASKING)).isSameAs(ASKING);
        assertThat(service.received()).isEmpty();
    }

    @Test
    void connectionsAreKeptAlive() {
        var ports = new java.util.HashSet<Integer>();
        service.behaves((exchange, request) -> {
            ports.add(exchange.getRemoteAddress().getPort());
            FakeService.answer(exchange, 200, SUCCESS.replace("$ID", request.requestId()));
        });
        var extensions = service.asked().open();
        for (var i = 0; i < 5; i++) extensions.ask(PRE_PROCESS_CLIENT_CREATION, ASKING);
        assertThat(ports).hasSize(1);
    }

    private void ask(ExtensionPoint point, Asking asking) {
        service.asked().open().ask(point, asking);
    }

    private String sent(String path) {
        assertThat(service.only().path()).isEqualTo(path);
        return service.only().text().replace(service.only().requestId(), "$ID").replace('"', '\'');
    }
}
