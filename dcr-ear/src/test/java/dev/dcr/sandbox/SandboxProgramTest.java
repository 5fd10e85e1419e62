package dev.dcr.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as a program of its own, with a stand-in for the registration server's jar. */
@Timeout(60)
class SandboxProgramTest {
    @TempDir
    Path directory;

    private final int managementPort = freePort();
    private final List<Process> started = new ArrayList<>();

    /** What the sandbox needs of a registration server: readiness on the management port, and an end. */
    static final class StandIn {
        public static void main(String[] arguments) throws IOException {
            var port = Integer.parseInt(System.getenv("DCR_MANAGEMENT_PORT"));
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/health/ready", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.createContext("/end", exchange -> Runtime.getRuntime().halt(7));
            server.start();
        }
    }

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void printsItsOptions() throws Exception {
        var sandbox = sandbox("--help");
        assertThat(output(sandbox)).contains("--public-url").contains("--server");
        assertThat(sandbox.waitFor()).isZero();
    }

    @Test
    void refusesAnUnknownOption() throws Exception {
        var sandbox = sandbox("--prot", "1");
        assertThat(output(sandbox)).contains("unknown option --prot");
        assertThat(sandbox.waitFor()).isEqualTo(2);
    }

    @Test
    void saysThatItsPortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            var sandbox = sandbox("--port", String.valueOf(taken.getLocalPort()));
            assertThat(output(sandbox)).contains("choose another --port");
            assertThat(sandbox.waitFor()).isEqualTo(1);
        }
    }

    @Test
    void callsItselfByItsPublicUrl() throws Exception {
        var sandbox = sandbox("--port", "0", "--public-url", "http://sandbox:9080/");
        assertThat(sandbox.inputReader(UTF_8).readLine()).contains("http://sandbox:9080 ");
    }

    @Test
    void startsTheServerConfiguredForItself() throws Exception {
        var banner = untilBanner(sandboxWithServer());
        assertThat(banner).contains("http://localhost:18080/register");
        var sandboxUrl = banner.lines()
                .filter(line -> line.startsWith("Sandbox"))
                .findFirst()
                .orElseThrow()
                .split(" +", 3)[1];
        assertThat(Files.readString(directory.resolve("deployment.toml")))
                .contains("base_url = \"" + sandboxUrl + "/extension\"")
                .contains("jwks_uri = \"" + sandboxUrl + "/directory/jwks\"")
                .contains("public_base_url = \"http://localhost:18080\"")
                .contains("password = \"a \\\"quoted\\\" one\"");
    }

    @Test
    void endsWithTheServersExitCode() throws Exception {
        var sandbox = sandboxWithServer();
        untilBanner(sandbox);
        endStandIn();
        assertThat(sandbox.waitFor()).isEqualTo(7);
    }

    @Test
    void endsTheServerWhenItIsEndedItself() throws Exception {
        var sandbox = sandboxWithServer();
        untilBanner(sandbox);
        var server = sandbox.children().findFirst().orElseThrow();
        sandbox.destroy();
        assertThat(server.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    @Test
    void failsWhereTheServerDoesNotStart() throws Exception {
        var sandbox = sandbox("--port", "0", "--server", "missing.jar", "--directory", directory.toString());
        assertThat(output(sandbox)).contains("did not get ready");
        assertThat(sandbox.waitFor()).isEqualTo(1);
    }

    private Process sandboxWithServer() throws IOException {
        return sandbox(
                "--port",
                "0",
                "--server",
                standInJar().toString(),
                "--directory",
                directory.toString(),
                "--password",
                "a \"quoted\" one");
    }

    private Process sandbox(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Sandbox.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of("DCR_HTTP_PORT", "18080", "DCR_MANAGEMENT_PORT", String.valueOf(managementPort)));
        var process = builder.start();
        started.add(process);
        return process;
    }

    private Path standInJar() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandIn.class.getName());
        var jar = directory.resolve("server.jar");
        var entry = StandIn.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var code = StandIn.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
        }
        return jar;
    }

    private void endStandIn() throws IOException {
        try (var connection = new Socket(InetAddress.getLoopbackAddress(), managementPort)) {
            connection.getOutputStream().write("GET /end HTTP/1.0\r\n\r\n".getBytes(UTF_8));
        }
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private static String untilBanner(Process process) throws IOException {
        BufferedReader lines = process.inputReader(UTF_8);
        var read = new StringBuilder();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            read.append(line).append('\n');
            if (line.startsWith("Ctrl-C")) return read.toString();
        }
        throw new AssertionError("ended before it was ready:\n" + read);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
