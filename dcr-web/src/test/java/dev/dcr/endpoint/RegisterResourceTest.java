package dev.dcr.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.json.StrictJson;
import dev.dcr.request.RegistrationRequest.Plain;
import dev.dcr.request.RegistrationRequest.Signed;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterResourceTest {
    EndpointServer server;

    @BeforeEach
    void start() {
        server = new EndpointServer(Settings.DEFAULTS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** RFC 7591 §3.2.1. */
    @Test
    @Tag("RFC7591-3.2-created")
    @Tag("OIDCR-3.2-created")
    void registeringAnswers201WithTheClient() {
        var reply = server.post("/register", "application/json", "{\"client_name\":\"Tea\"}");
        assertThat(reply.statusCode()).isEqualTo(201);
        assertThat(reply.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(reply.body()).contains("\"client_id\":\"abc\"", "\"client_name\":\"Tea\"");
    }

    /** RFC 7591 §3.2.1: the reply holds credentials. */
    @Test
    @Tag("RFC7591-3.2-no-store")
    void noReplyMayBeCached() {
        assertThat(server.post("/register", "application/json", "{}").headers().map())
                .containsEntry("cache-control", java.util.List.of("no-store"))
                .containsEntry("pragma", java.util.List.of("no-cache"));
        assertThat(server.post("/register", "application/json", "[]").headers().map())
                .containsEntry("cache-control", java.util.List.of("no-store"))
                .containsEntry("pragma", java.util.List.of("no-cache"));
    }

    @Test
    @Tag("RFC7591-3-post")
    void jsonReachesTheDomainAsAPlainRequest() {
        server.post("/register", "application/json; charset=UTF-8", "{\"client_name\":\"Tea\"}");
        assertThat(server.registrar.calls)
                .singleElement()
                .satisfies(call -> assertThat(call.request()).contains(new Plain(FixedRegistrar.METADATA)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/jwt", "application/jose", "Application/JWT"})
    void aSignedRequestReachesTheDomainAsItCame(String type) {
        server.post("/register", type, " e30.e30.c2ln\n");
        assertThat(server.registrar.calls)
                .singleElement()
                .satisfies(call -> assertThat(call.request()).contains(new Signed("e30.e30.c2ln")));
    }

    @Test
    @Tag("RFC7592-2.1-read")
    void readingAnswers200() {
        var reply = server.get("/register/abc", "Authorization", "Bearer token");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(server.registrar.calls).singleElement().satisfies(call -> {
            assertThat(call.clientId()).isEqualTo("abc");
            assertThat(call.bearer()).contains("token");
        });
    }

    @Test
    @Tag("RFC7592-2.2-put")
    void replacingAnswers200() {
        var reply = server.send(server.to("/register/abc", "Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"client_id\":\"abc\"}")));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(server.registrar.calls)
                .singleElement()
                .satisfies(call -> assertThat(call.request()).isPresent());
    }

    /** RFC 7592 §2.3. */
    @Test
    @Tag("RFC7592-2.3-deleted")
    void deletingAnswers204WithoutABody() {
        var reply = server.send(server.to("/register/abc").DELETE());
        assertThat(reply.statusCode()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void deletingDoesNotMindWhatTheCallerAccepts() {
        assertThat(server.send(server.to("/register/abc", "Accept", "text/html").DELETE())
                        .statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/register/unknown",
                "/register/a/b",
                "/register/%20",
                "/register/a;b=c",
                "/register/null",
                "/register//",
                "/register///"
            })
    void nothingBelowRegisterIs404(String path) {
        assertThat(server.get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text/plain", "application/json; charset=ISO-8859-1", "application/scim+json", "nonsense"})
    @Tag("RFC7591-3.1-media-type")
    void anotherMediaTypeIs415(String type) {
        var request = type.isEmpty() ? server.to("/register") : server.to("/register", "Content-Type", type);
        assertThat(server.send(request.POST(BodyPublishers.ofString("{}"))))
                .satisfies(reply -> isRefused(reply, 415, "invalid_request"));
        assertThat(server.registrar.calls).isEmpty();
    }

    /** RFC 9110 §8.3: the field is no list. */
    @Test
    void twoMediaTypesAre415() {
        assertThat(server.send(server.to("/register", "Content-Type", "application/json", "Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}"))))
                .satisfies(reply -> isRefused(reply, 415, "invalid_request"));
    }

    @Test
    void aCompressedBodyIs415() {
        assertThat(server.send(server.to("/register", "Content-Type", "application/json", "Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofString("{}"))))
                .satisfies(reply -> isRefused(reply, 415, "invalid_request"));
    }

    @Test
    void aBodyOfTheGreatestLengthIsRead() {
        assertThat(server.post("/register", "application/json", objectOf(262144))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aLongerBodyIs413() {
        isRefused(server.post("/register", "application/json", objectOf(262145)), 413, "invalid_request");
        assertThat(server.registrar.calls).isEmpty();
    }

    @Test
    void aLongerBodyInChunksIs413() {
        var chunked = BodyPublishers.fromPublisher(BodyPublishers.ofString(objectOf(262145)));
        isRefused(
                server.send(server.to("/register", "Content-Type", "application/json")
                        .POST(chunked)),
                413,
                "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0", "application/xml, text/*"})
    void anAcceptWithoutJsonIs406(String accept) {
        isRefused(server.get("/register/abc", "Accept", accept), 406, "invalid_request");
        assertThat(server.registrar.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "text/html, */*;q=0.1", "application/json, text/plain"})
    void anAcceptWithJsonIsServed(String accept) {
        assertThat(server.get("/register/abc", "Accept", accept).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a/b/c", "*/*;q=foo", ";;", "application/json;q=2"})
    void aMalformedAcceptIsTheCallersFault(String accept) {
        assertThat(server.get("/register/abc", "Accept", accept).statusCode()).isBetween(200, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nowhere", "/registers", "/admin"})
    void anUnknownPathIs404(String path) {
        isRefused(server.get(path), 404, "invalid_request");
    }

    /** RFC 9110 §9.1. */
    @ParameterizedTest
    @ValueSource(strings = {"get", "Delete", "pUT"})
    void aMethodIsCaseSensitive(String method) {
        var reply = server.send(server.to("/register/abc").method(method, BodyPublishers.noBody()));
        isRefused(reply, 405, "invalid_request");
        assertThat(reply.headers().firstValue("Allow")).get().asString().contains("DELETE");
    }

    @Test
    @Tag("RFC7592-2.3-method")
    void anotherMethodIs405WithAllow() {
        var reply = server.get("/register");
        isRefused(reply, 405, "invalid_request");
        assertThat(reply.headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("POST"));
        var patch = server.send(server.to("/register/abc").method("PATCH", BodyPublishers.noBody()));
        isRefused(patch, 405, "invalid_request");
        assertThat(patch.headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("GET", "PUT", "DELETE"));
    }

    @Test
    void optionsTellsTheMethods() {
        var reply = server.send(server.to("/register").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(reply.statusCode()).isEqualTo(204);
        assertThat(reply.headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("POST"));
        assertThat(reply.headers().map()).doesNotContainKey("access-control-allow-origin");
        var ofClient = server.send(server.to("/register/abc").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(ofClient.headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("GET", "HEAD", "PUT", "DELETE"));
    }

    @Test
    void repliesBearTheSecurityHeaders() {
        var headers = server.get("/nowhere").headers();
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));
    }

    private static String objectOf(int bytes) {
        return "{\"client_name\":\"" + "x".repeat(bytes - 18) + "\"}";
    }

    static void isRefused(HttpResponse<String> reply, int status, String error) {
        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/json");
        var json = StrictJson.object(reply.body());
        assertThat(json.getString("error")).isEqualTo(error);
        assertThat(json.getString("error_description")).isNotBlank().doesNotContain("Exception", "RESTEASY");
        assertThat(json.getString("correlation_id"))
                .isEqualTo(reply.headers().firstValue("X-Correlation-ID").orElseThrow());
    }
}
