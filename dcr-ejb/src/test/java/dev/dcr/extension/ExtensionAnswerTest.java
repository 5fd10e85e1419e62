package dev.dcr.extension;

import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_CREATION;
import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_RETRIEVAL;
import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dcr.error.RegistrationError;
import dev.dcr.error.RegistrationError.ExtensionBroke;
import dev.dcr.error.RegistrationError.RefusedByExtension;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation.Kind;
import dev.dcr.extension.ExtensionConfig.Merge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionAnswerTest {
    /** {@code scope} is what the caller set; {@code grant_types} is a default. */
    private static final Asking ASKING = Asking.about("{'scope':'a','grant_types':['authorization_code']}", "scope");

    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'responseId':'$ID','status':'SUCCESS'}",
                "{'responseId':'$ID','status':'SUCCESS','data':{}}",
                "{'responseId':'$ID','status':'SUCCESS','data':null}",
                "{'responseId':'$ID','status':'SUCCESS','data':{'clientData':{}}}",
                "{'responseId':'$ID','status':'SUCCESS','data':{'clientData':null}}",
                "{'responseId':null,'status':'SUCCESS'}",
                "{'status':'SUCCESS'}"
            })
    void successWithoutClientDataChangesNothing(String answer) {
        assertThat(answered(PRE_PROCESS_CLIENT_CREATION, Merge.REPLACE, answer))
                .isEqualTo(ASKING.clientData().json());
    }

    @ParameterizedTest
    @CsvSource({"PRE_PROCESS_CLIENT_CREATION", "PRE_PROCESS_CLIENT_UPDATE"})
    void addingSparesWhatTheCallerSetAndOverridesDefaults(ExtensionPoint point) {
        assertThat(answered(point, Merge.ADD, success("{'scope':'b','grant_types':['password'],'tier':1}")))
                .isEqualTo(Asking.json("{'scope':'a','grant_types':['password'],'tier':1}"));
    }

    @ParameterizedTest
    @CsvSource({"PRE_PROCESS_CLIENT_CREATION", "PRE_PROCESS_CLIENT_UPDATE"})
    void replacingLetsTheExtensionWin(ExtensionPoint point) {
        assertThat(answered(point, Merge.REPLACE, success("{'scope':'b','tier':1}")))
                .isEqualTo(Asking.json("{'scope':'b','grant_types':['authorization_code'],'tier':1}"));
    }

    @Test
    void retrievalAddsAndReplacesWhicheverWayMergingIsSet() {
        assertThat(answered(PRE_PROCESS_CLIENT_RETRIEVAL, Merge.ADD, success("{'scope':'b','tier':1}")))
                .isEqualTo(Asking.json("{'scope':'b','grant_types':['authorization_code'],'tier':1}"));
    }

    @ParameterizedTest
    @CsvSource({"PRE_PROCESS_CLIENT_CREATION", "PRE_PROCESS_CLIENT_UPDATE", "PRE_PROCESS_CLIENT_RETRIEVAL"})
    void serverOwnedMembersAreNeverTaken(ExtensionPoint point) {
        var owned = success("{'client_id':'x','client_secret':'x','client_id_issued_at':1,'client_secret_expires_at':1,"
                + "'registration_access_token':'x','registration_client_uri':'x'}");
        assertThat(answered(point, Merge.REPLACE, owned))
                .isEqualTo(ASKING.clientData().json());
    }

    /** It would be stored and shown like one that was verified. */
    @ParameterizedTest
    @CsvSource({"PRE_PROCESS_CLIENT_CREATION", "PRE_PROCESS_CLIENT_UPDATE", "PRE_PROCESS_CLIENT_RETRIEVAL"})
    void noSoftwareStatementIsTaken(ExtensionPoint point) {
        assertThat(answered(point, Merge.REPLACE, success("{'software_statement':'a.b.c'}")))
                .isEqualTo(ASKING.clientData().json());
    }

    @Test
    void nullMembersAreIgnored() {
        assertThat(answered(PRE_PROCESS_CLIENT_CREATION, Merge.REPLACE, success("{'scope':null,'tier':null}")))
                .isEqualTo(ASKING.clientData().json());
    }

    @Test
    void languageTaggedMembersAreMembersOfTheirOwn() {
        var asking = Asking.about("{'client_name':'A'}", "client_name");
        service.answers(200, success("{'client_name#fr':'B'}").replace('\'', '"'));
        var changed = service.asked().open().ask(PRE_PROCESS_CLIENT_CREATION, asking);
        assertThat(changed.clientData().json()).isEqualTo(Asking.json("{'client_name':'A','client_name#fr':'B'}"));
    }

    @Test
    void answersAreUtf8() {
        assertThat(answered(PRE_PROCESS_CLIENT_UPDATE, Merge.ADD, success("{'tier':'größe \uD83D\uDE00'}"))
                        .getString("tier"))
                .isEqualTo("größe \uD83D\uDE00");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "invalid_redirect_uri, INVALID_REDIRECT_URI",
                "invalid_client_metadata, INVALID_CLIENT_METADATA",
                "invalid_software_statement, INVALID_SOFTWARE_STATEMENT",
                "unapproved_software_statement, UNAPPROVED_SOFTWARE_STATEMENT",
                "access_denied, INVALID_CLIENT_METADATA"
            })
    void refusesWithTheCodesOfRfc7591Section322(String code, Kind kind) {
        var refusal = refusal(
                "{'responseId':'$ID','status':'ERROR','data':{'error':'" + code + "','errorDescription':'not today'}}");
        assertThat(refusal).isEqualTo(new RefusedByExtension(400, kind, "not today"));
    }

    @Test
    void readsTheAcceleratorsErrorCodeWhereErrorIsMissing() {
        var refusal = refusal("{'status':'ERROR','data':{'errorCode':'invalid_redirect_uri','errorDescription':'x'}}");
        assertThat(refusal.kind()).isEqualTo(Kind.INVALID_REDIRECT_URI);
    }

    @Test
    void readsErrorBeforeErrorCode() {
        var refusal = refusal("{'status':'ERROR','data':{'errorCode':'invalid_redirect_uri',"
                + "'error':'invalid_software_statement'}}");
        assertThat(refusal.kind()).isEqualTo(Kind.INVALID_SOFTWARE_STATEMENT);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "403, 403",
                "'403', 403",
                "499, 499",
                "500, 400",
                "200, 400",
                "399, 400",
                "'x', 400",
                "1e300, 400",
                "null, 400",
                "true, 400",
                "4294967699, 400"
            })
    void onlyA4xxErrorCodeBecomesTheStatus(String errorCode, int status) {
        assertThat(refusal("{'status':'ERROR','errorCode':" + errorCode + ",'data':{}}")
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'status':'ERROR'}", "{'status':'ERROR','data':{'errorDescription':' '}}"})
    void aRefusalWithoutWordsStillHasADescription(String answer) {
        assertThat(refusal(answer))
                .isEqualTo(new RefusedByExtension(
                        400, Kind.INVALID_CLIENT_METADATA, "the operator does not accept this registration"));
    }

    @Test
    void descriptionsBecomeAsciiWithoutQuotesAsRfc6749Section52Says() {
        var refusal = refusal(
                "{'status':'ERROR','data':{'errorDescription':'a\\u00e9\\n\\\"b\\\"\\\\ \uD83D\uDE00\\u007f'}}");
        assertThat(refusal.description()).isEqualTo("a? 'b'? ??");
    }

    @Test
    void descriptionsAreBounded() {
        var refusal = refusal("{'status':'ERROR','data':{'errorDescription':'" + "x".repeat(5000) + "'}}");
        assertThat(refusal.description()).hasSize(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{'responseId':'$ID','status':'SUCCESS'} x",
                "{'responseId':'$ID','status':'SUCCESS','status':'SUCCESS'}",
                "{'responseId':'$ID'}",
                "{'responseId':'$ID','status':null}",
                "{'responseId':'$ID','status':1}",
                "{'responseId':'$ID','status':'success'}",
                "{'responseId':'other','status':'SUCCESS'}",
                "{'responseId':1,'status':'SUCCESS'}",
                "{'responseId':'other','status':'ERROR','data':{'error':'invalid_client_metadata'}}",
                "{'responseId':'$ID','status':'SUCCESS','data':[]}",
                "{'responseId':'$ID','status':'SUCCESS','data':{'clientData':'x'}}",
                "{'responseId':'$ID','status':'SUCCESS','data':{'clientData':[]}}"
            })
    void anythingElseBreaksTheContract(String answer) {
        assertThat(broke(200, answer).status()).isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 301, 302, 307, 400, 401, 403, 404, 500, 503})
    void everyOtherStatusBreaksTheContract(int status) {
        assertThat(broke(
                                status,
                                status == 204
                                        ? ""
                                        : "{'responseId':'$ID','status':'ERROR','data':"
                                                + "{'errorMessage':'m','errorDescription':'d'}}")
                        .code())
                .isEqualTo("server_error");
        assertThat(service.received()).hasSize(1);
    }

    @Test
    void redirectsAreNotFollowed() {
        service.behaves((exchange, request) -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            FakeService.answer(exchange, 307, "{}");
        });
        assertThat(error()).isInstanceOf(ExtensionBroke.class);
        assertThat(service.received()).hasSize(1);
    }

    @Test
    void aBodyThatIsNotUtf8BreaksTheContract() {
        service.behaves((exchange, request) ->
                FakeService.answer(exchange, 200, "{\"status\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(error()).isInstanceOf(ExtensionBroke.class);
    }

    @Test
    void aBodyOfOneMebibyteIsRead() {
        assertThat(answered(PRE_PROCESS_CLIENT_CREATION, Merge.ADD, padded(1 << 20)))
                .isEqualTo(ASKING.clientData().json());
    }

    @Test
    void aBodyOverOneMebibyteBreaksTheContract() {
        assertThat(broke(200, padded((1 << 20) + 1)).status()).isEqualTo(502);
    }

    /** The identifier is 36 characters long once it stands there. */
    private static String padded(int length) {
        var answer = "{'responseId':'$ID','status':'SUCCESS'}";
        return answer + " ".repeat(length - answer.length() - 36 + "$ID".length());
    }

    private static String success(String clientData) {
        return "{'responseId':'$ID','status':'SUCCESS','data':{'clientData':" + clientData + "}}";
    }

    private jakarta.json.JsonObject answered(ExtensionPoint point, Merge merge, String answer) {
        service.answers(200, answer.replace('\'', '"'));
        return service.asked()
                .merging(merge)
                .open()
                .ask(point, ASKING)
                .clientData()
                .json();
    }

    private RefusedByExtension refusal(String answer) {
        service.answers(200, answer.replace('\'', '"'));
        return (RefusedByExtension) error();
    }

    private ExtensionBroke broke(int status, String answer) {
        service.answers(status, answer.replace('\'', '"'));
        return (ExtensionBroke) error();
    }

    private RegistrationError error() {
        var extensions = service.asked().attempts(3).open();
        return catchThrowableOfType(RegistrationRefused.class, () -> extensions.ask(PRE_PROCESS_CLIENT_UPDATE, ASKING))
                .error();
    }
}
