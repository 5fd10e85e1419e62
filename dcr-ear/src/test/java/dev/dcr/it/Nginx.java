package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real nginx in front of a server, by the very file that the deployment page shows; ports and paths are the test's. */
final class Nginx implements AutoCloseable {
    private static final Path SAMPLE = Path.of("../docker/nginx.conf");

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether this machine has one; the build asks for nothing but a JDK. */
    static boolean isInstalled() {
        try {
            return new ProcessBuilder("nginx", "-v").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @param clients whose certificates it accepts */
    static Nginx before(ServerProcess server, TestClient... clients) {
        try {
            var directory =
                    Files.createTempDirectory(Path.of("target"), "nginx").toAbsolutePath();
            new TestAuthority().issueForLocalhost(directory.resolve("server.pem"), directory.resolve("server.key"));
            var authorities = new StringBuilder();
            for (var client : clients) authorities.append(client.pem()).append('\n');
            Files.writeString(directory.resolve("client-ca.pem"), authorities);
            var port = freePort();
            Files.writeString(directory.resolve("nginx.conf"), configuration(directory, port, server));
            return start(directory, port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String configuration(Path directory, int port, ServerProcess server) throws IOException {
        var configuration = Files.readString(SAMPLE);
        var own = Map.of(
                "listen 443 ", "listen 127.0.0.1:" + port + " ",
                "server 127.0.0.1:8080;", "server 127.0.0.1:" + server.http().getPort() + ";",
                "/etc/nginx/tls/", directory + "/",
                "http {", """
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                """);
        for (var replaced : own.entrySet()) {
            assertThat(configuration).as("docker/nginx.conf").contains(replaced.getKey());
            configuration = configuration.replace(replaced.getKey(), replaced.getValue());
        }
        return configuration;
    }

    private static Nginx start(Path directory, int port) throws IOException {
        var process = new ProcessBuilder(
                        "nginx",
                        "-p",
                        directory.toString(),
                        "-c",
                        directory.resolve("nginx.conf").toString(),
                        "-g",
                        "daemon off; pid nginx.pid; error_log stderr;")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nginx.log").toFile())
                .start();
        var nginx = new Nginx(process, port);
        try {
            await().until(() -> !process.isAlive() || nginx.listens());
            assertThat(process.isAlive()).as(() -> log(directory)).isTrue();
            return nginx;
        } catch (RuntimeException | AssertionError failure) {
            nginx.close();
            throw failure;
        }
    }

    private static String log(Path directory) {
        try {
            return Files.readString(directory.resolve("nginx.log"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private boolean listens() {
        try (var probe = new Socket("127.0.0.1", port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
