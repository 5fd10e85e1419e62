package dev.dcr.bench;

import dev.dcr.sandbox.Directory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The shipped server, started by {@code java -jar}.
 *
 * @param endpoint where clients register
 * @param startUp  from {@code java -jar} to the first 201
 */
record DcrServer(Program program, URI endpoint, Duration startUp) implements AutoCloseable {

    private static final String ADMIN_TOKEN = "benchmark-benchmark-benchmark-benchmark";

    /** Anybody may register; the directory's statements are believed. */
    static String configuration(Store store, Neighbours neighbours) {
        return """
                [dcr.registration]
                access = "open"
                [[dcr.software_statement.issuers]]
                iss = "%s"
                jwks_uri = "%s"
                algorithms = ["PS256"]
                [dcr.request_jwt]
                audience = "%s"
                [dcr.admin]
                token = "%s"
                [dcr.database]
                url = "%s"
                username = "%s"
                password = "%s"
                """.formatted(
                        Directory.ISSUER,
                        neighbours.directory().jwksUri(),
                        Neighbours.AUDIENCE,
                        ADMIN_TOKEN,
                        store.url(),
                        store.user(),
                        store.password());
    }

    /** The extension is asked before a client is created. */
    static String extension(Neighbours neighbours) {
        return """
                [financial_services.extensions.endpoint]
                enabled = true
                base_url = "%s"
                allowed_extensions = ["pre_process_client_creation"]
                [financial_services.extensions.endpoint.security]
                type = "Basic-Auth"
                username = "benchmark"
                password = "benchmark"
                """.formatted(neighbours.extension());
    }

    /**
     * Starts the server and waits until it has registered a client.
     *
     * @param client the metadata of that client
     */
    static DcrServer start(Path jar, Path directory, List<String> java, String configuration, String client)
            throws IOException, InterruptedException {
        var http = Http.freePort();
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(java);
        command.addAll(List.of("-jar", jar.toString()));
        var environment = Map.of(
                "DCR_HTTP_PORT", "" + http,
                "DCR_HTTPS_PORT", "" + Http.freePort(),
                "DCR_MANAGEMENT_PORT", "" + Http.freePort());
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("deployment.toml"), configuration);
        var endpoint = URI.create("http://localhost:" + http + "/register");
        var program = Program.start(directory, environment, command);
        try {
            return new DcrServer(program, endpoint, program.await(() -> Http.answers(201, "POST", endpoint, client)));
        } catch (RuntimeException | InterruptedException failure) {
            program.close();
            throw failure;
        }
    }

    /** Has the audit events sealed that were filled in: the server would do it while it is measured. */
    void sealAudit() throws IOException, InterruptedException {
        var verification = endpoint.resolve("/admin/audit/verification");
        Http.send(200, "POST", verification, "Bearer " + ADMIN_TOKEN, "application/json", "{}");
    }

    Target target(Store store) {
        return new Target("dcr", store.name(), endpoint, program::cpu, store.cpu());
    }

    @Override
    public void close() {
        program.close();
    }
}
