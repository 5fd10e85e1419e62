package dev.dcr.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/** The web site of a client, under https: what its metadata point to. */
final class ClientSite implements AutoCloseable {
    private final TestClient identity;
    private final HttpsServer https;

    private ClientSite(TestClient identity, HttpsServer https) {
        this.identity = identity;
        this.https = https;
    }

    static ClientSite start() {
        try {
            var site = new ClientSite(
                    TestClient.of("CN=localhost"),
                    HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            site.https.setHttpsConfigurator(new HttpsConfigurator(site.identity.tls()));
            site.https.start();
            return site;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** By which a server comes to trust the site; the store's password is {@code sandbox}. */
    Path trustStore() {
        return TestClient.trustStore(identity);
    }

    URI url(String path) {
        return URI.create("https://localhost:" + https.getAddress().getPort() + path);
    }

    /** Answers a path with this JSON from now on. */
    URI publish(String path, String json) {
        https.createContext(path, exchange -> {
            try (exchange) {
                var body = json.getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        return url(path);
    }

    @Override
    public void close() {
        https.stop(0);
    }
}
