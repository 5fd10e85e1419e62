package dev.dcr.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** A container that refuses requests in front of the application. */
class NotServingTest {

    @Test
    void aRefusalOfTheContainerIsOneOfOurs() throws Exception {
        var reply = replyTo(503);
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(reply.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(reply.headers().firstValue("Connection")).hasValue("close");
        assertThat(reply.body())
                .startsWith("{\"error\":\"temporarily_unavailable\"")
                .contains("\"correlation_id\"");
    }

    @Test
    void otherRepliesAreLeftAlone() throws Exception {
        assertThat(replyTo(404).body()).isEmpty();
    }

    private static HttpResponse<String> replyTo(int refusal) throws Exception {
        var deployment = Servlets.deployment()
                .setClassLoader(NotServingTest.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("refused")
                .addInitialHandlerChainWrapper(
                        next -> exchange -> exchange.setStatusCode(refusal).endExchange());
        new NotServing().handleDeployment(deployment, null);
        var manager = Servlets.newContainer().addDeployment(deployment);
        manager.deploy();
        var undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", manager.start())
                .build();
        undertow.start();
        try {
            var address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/register"));
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        } finally {
            undertow.stop();
        }
    }
}
