package dev.dcr.endpoint;

import static dev.dcr.endpoint.RegisterResourceTest.isRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.access.DpopProof;
import dev.dcr.config.HttpConfig;
import dev.dcr.error.RegistrationError.InvalidDpopProof;
import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationRefused;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449 §7.1, the DPoP authentication scheme. */
class DpopTest {
    private static final HttpConfig PUBLIC = new HttpConfig(
            Optional.of(URI.create("https://dcr.example/")), "/v3", List.of(), Optional.empty(), 262144, 256, Set.of());

    EndpointServer server;

    @BeforeEach
    void start() {
        server = new EndpointServer(PUBLIC);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aProofReachesTheDomainWithWhatItIsAbout() {
        server.get("/v3/register/abc?x=y", "Authorization", "DPoP token", "DPoP", "e30.e30.c2ln");
        assertThat(server.registrar.calls).singleElement().satisfies(heard -> {
            assertThat(heard.bearer()).contains("token");
            assertThat(heard.call().credentials().proof())
                    .contains(new DpopProof("e30.e30.c2ln", "GET", URI.create("https://dcr.example/v3/register/abc")));
        });
    }

    @Test
    void aBearerTokenComesWithoutProof() {
        server.get("/v3/register/abc", "Authorization", "Bearer token", "DPoP", "e30.e30.c2ln");
        assertThat(server.registrar.calls)
                .singleElement()
                .satisfies(
                        heard -> assertThat(heard.call().credentials().proof()).isEmpty());
    }

    /** RFC 9449 §4.3, check 1. */
    @Test
    void theSchemeTakesExactlyOneProof() {
        var without = server.get("/v3/register/abc", "Authorization", "DPoP token");
        isRefused(without, 401, "invalid_dpop_proof");
        var twice = server.get("/v3/register/abc", "Authorization", "DPoP token", "DPoP", "a", "DPoP", "b");
        isRefused(twice, 401, "invalid_dpop_proof");
        assertThat(server.registrar.calls).isEmpty();
    }

    /** RFC 9110 §7.2: a Host of no known form is the caller's fault, and never this server's. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a_b", "a b", "[::1", "x:y:z", "%zz", "", "http://x", "a\\b", "ex\u00e4mple", "<x>", "a:99999999"
            })
    void anOddHostIsNoFault(String host) throws IOException {
        try (var local = new EndpointServer(Settings.DEFAULTS);
                var socket =
                        new Socket(local.socket().getAddress(), local.socket().getPort())) {
            var request = "GET /register/abc HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                    + "Authorization: DPoP token\r\nDPoP: e30.e30.c2ln\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            var status = new String(socket.getInputStream().readAllBytes(), ISO_8859_1).split(" ", 3)[1];
            assertThat(status).isIn("200", "400", "401");
        }
    }

    @Test
    void theChallengeIsOfTheSchemeThatWasUsed() {
        server.registrar.failure = new RegistrationRefused(new InvalidDpopProof("no"));
        assertThat(challenge("DPoP token"))
                .startsWith("DPoP realm=\"dcr\", error=\"invalid_dpop_proof\", algs=\"ES256 ");
        server.registrar.failure = new RegistrationRefused(InvalidToken.NO_GOOD);
        assertThat(challenge("DPoP token")).startsWith("DPoP realm=\"dcr\", error=\"invalid_token\", algs=\"");
        assertThat(challenge("Bearer token")).isEqualTo("Bearer realm=\"dcr\", error=\"invalid_token\"");
    }

    private String challenge(String authorization) {
        return server.get("/v3/register/abc", "Authorization", authorization, "DPoP", "e30.e30.c2ln")
                .headers()
                .firstValue("WWW-Authenticate")
                .orElseThrow();
    }
}
