package dev.dcr.extension;

import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_CREATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.dcr.error.RegistrationError.ExtensionBroke;
import dev.dcr.error.RegistrationError.RefusedByExtension;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAPI file for extension authors says what really goes over the wire. */
class ExtensionApiDocumentTest {
    private static final String HOME = "https://dcr.example/extension-api";
    private static final JsonNode DOCUMENT = document();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(Map.of(HOME, DOCUMENT.toString())));
    private static final String CLAIMS = "{'iss':'OpenBanking Ltd','software_id':'ll-4711'}";

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
    @EnumSource(ExtensionPoint.class)
    void realRequestsFollowTheirSchema(ExtensionPoint point) {
        var asking = Asking.about("{'client_name':'Ledger Lens','client_secret':'s'}");
        if (point != PRE_PROCESS_CLIENT_CREATION) {
            asking = asking.withExisting("{'client_id':'c','registration_access_token':'t'}");
        }
        service.answers(200, "{\"responseId\":\"$ID\",\"status\":\"SUCCESS\"}");
        var extensions = service.asked().open();
        extensions.ask(point, asking);
        extensions.ask(point, asking.withStatement(CLAIMS));
        assertThat(service.received()).hasSize(2).allSatisfy(sent -> {
            var operation = DOCUMENT.at("/paths").path(sent.path()).path("post");
            assertThat(complaints(requestSchema(operation), sent.text())).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'requestId':'5d3cbe2c-8a0f-4c56-9a40-2f6f1cb0a7e5','data':{'clientData':{'client_secret':'s'}}}",
                "{'requestId':'5d3cbe2c-8a0f-4c56-9a40-2f6f1cb0a7e5','data':{}}",
                "{'data':{'clientData':{}}}"
            })
    void theSchemasAreNotEmptyWords(String request) {
        assertThat(complaints(schema("#/components/schemas/CreationRequest"), request.replace('\'', '"')))
                .isNotEmpty();
    }

    static Stream<JsonNode> operations() {
        return elements(DOCUMENT.at("/paths")).map(path -> path.path("post"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void exampleRequestsFollowTheirSchema(JsonNode operation) {
        var examples = elements(operation.at("/requestBody/content/application~1json/examples"))
                .toList();
        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(example -> assertThat(complaints(
                                requestSchema(operation), example.path("value").toString()))
                        .isEmpty());
    }

    @Test
    void exampleRepliesFollowTheirSchema() {
        assertThat(elements(DOCUMENT.at("/components/responses"))).hasSize(2).allSatisfy(response -> {
            var content = response.at("/content/application~1json");
            var schema = schema(content.at("/schema/$ref").asText());
            assertThat(elements(content.path("examples")))
                    .isNotEmpty()
                    .allSatisfy(example -> assertThat(
                                    complaints(schema, example.path("value").toString()))
                            .isEmpty());
        });
    }

    @Test
    void theDocumentNamesTheThreeOperations() {
        assertThat(DOCUMENT.path("paths").fieldNames())
                .toIterable()
                .containsExactly(
                        "/pre-process-client-creation", "/pre-process-client-update", "/pre-process-client-retrieval");
    }

    @Test
    void theExampleOfAgreementChangesNothing() {
        replying("Answer", "agree", 200);
        assertThat(ask().clientData().json()).isEmpty();
    }

    @Test
    void theExampleOfEnrichmentAddsItsMembers() {
        replying("Answer", "enrich", 200);
        assertThat(ask().clientData().json())
                .isEqualTo(Asking.json("{'service_tier':'gold','support_contacts':['tpp-desk@bank.example']}"));
    }

    @Test
    void theExampleOfARefusalReachesTheCaller() {
        replying("Answer", "refuse", 200);
        assertThat(refused().error())
                .isEqualTo(new RefusedByExtension(
                        403,
                        Kind.UNAPPROVED_SOFTWARE_STATEMENT,
                        "this organisation has no contract for the payments interface"));
    }

    @Test
    void theExampleOfABriefRefusalIsA400() {
        replying("Answer", "refuseBriefly", 200);
        assertThat(refused().error())
                .isEqualTo(new RefusedByExtension(400, Kind.INVALID_CLIENT_METADATA, "client_name is taken"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 500})
    void theExampleOfAFailureIsABreach(int status) {
        replying("Failure", "failure", status);
        assertThat(refused().error()).isInstanceOf(ExtensionBroke.class);
    }

    private void replying(String response, String example, int status) {
        var value = DOCUMENT.at("/components/responses")
                .path(response)
                .at("/content/application~1json/examples")
                .path(example)
                .path("value");
        service.answers(
                status, value.toString().replace(value.path("responseId").asText("-"), "$ID"));
    }

    private Consultable ask() {
        return service.asked().open().ask(PRE_PROCESS_CLIENT_CREATION, Asking.about("{}"));
    }

    private RegistrationRefused refused() {
        return catchThrowableOfType(RegistrationRefused.class, this::ask);
    }

    private static Schema requestSchema(JsonNode operation) {
        return schema(operation
                .at("/requestBody/content/application~1json/schema/$ref")
                .asText());
    }

    private static Schema schema(String fragment) {
        return SCHEMAS.getSchema(SchemaLocation.of(HOME + fragment));
    }

    private static List<String> complaints(Schema schema, String json) {
        return schema.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static Stream<JsonNode> elements(JsonNode parent) {
        return StreamSupport.stream(Spliterators.spliterator(parent.elements(), parent.size(), 0), false);
    }

    private static JsonNode document() {
        try {
            return new YAMLMapper()
                    .readTree(Path.of("../docs/extension-api.yaml").toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
