package dev.dcr.endpoint;

import static dev.dcr.endpoint.RegisterResourceTest.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.health.Serving;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the servlet container itself refuses, here by the status that the path names. */
class JsonErrorsTest {
    private Undertow undertow;

    private static final class Refusing extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendError(Integer.parseInt(request.getRequestURI().substring(1)), "a class name");
        }
    }

    @BeforeEach
    void start() throws ServletException {
        var log = new RequestLog();
        log.config = Settings.DEFAULTS;
        log.serving = new Serving();
        var manager = Servlets.newContainer()
                .addDeployment(Servlets.deployment()
                        .setClassLoader(JsonErrorsTest.class.getClassLoader())
                        .setContextPath("/")
                        .setDeploymentName("refusing.war")
                        .addFilter(Servlets.filter("log", RequestLog.class, new ImmediateInstanceFactory<>(log)))
                        .addFilterUrlMapping("log", "/*", DispatcherType.REQUEST)
                        .addServlet(new ServletInfo(
                                        "refusing", Refusing.class, new ImmediateInstanceFactory<>(new Refusing()))
                                .addMapping("/*")));
        manager.deploy();
        undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", manager.start())
                .build();
        undertow.start();
    }

    @AfterEach
    void stop() {
        undertow.stop();
    }

    @Test
    void anOutageSaysWhenToComeBack() throws Exception {
        var reply = get("/503");
        isRefused(reply, 503, "temporarily_unavailable");
        assertThat(reply.headers().firstValue("Retry-After")).contains("5");
    }

    @Test
    void otherRefusalsAreJsonThatTellsNothingOfTheInside() throws Exception {
        var reply = get("/414");
        isRefused(reply, 414, "invalid_request");
        assertThat(reply.body()).doesNotContain("class name");
        assertThat(reply.headers().firstValue("Retry-After")).isEmpty();
    }

    private HttpResponse<String> get(String path) throws Exception {
        var socket = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        var address = URI.create("http://127.0.0.1:" + socket.getPort() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}
