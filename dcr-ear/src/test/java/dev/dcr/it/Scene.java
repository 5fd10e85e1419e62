package dev.dcr.it;

import dev.dcr.sandbox.Directory;
import dev.dcr.sandbox.ExtensionService;
import dev.dcr.sandbox.Sandbox;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.function.Function;

/**
 * The shipped server with its neighbours: a directory and an extension service. The database is H2, or PostgreSQL where
 * the test run says so. A test class opens its own scene, and its tests share nothing in it but the running processes.
 */
public final class Scene implements AutoCloseable {
    /** What the server calls itself in signed requests. */
    public static final String AUDIENCE = "https://dcr.test.example";

    private static final JsonProvider JSON = JsonProvider.provider();

    private final Sandbox sandbox;
    private final ServerProcess server;

    private Scene(Sandbox sandbox, ServerProcess server) {
        this.sandbox = sandbox;
        this.server = server;
    }

    /** Anybody may register; the directory's statements are believed; no extension is asked. */
    public static Scene open() {
        return configured(sandbox -> openRegistration() + directory(sandbox));
    }

    /** A scene whose configuration depends on where the neighbours listen. */
    public static Scene configured(Function<Sandbox, String> configuration) {
        return started(configuration.andThen(Scene::onTheDatabase));
    }

    /** A scene whose server is given more than a configuration. */
    public static Scene started(Function<Sandbox, ServerProcess.Setup> setup) {
        var sandbox = Sandbox.start(AUDIENCE);
        try {
            return new Scene(sandbox, setup.apply(sandbox).start());
        } catch (RuntimeException | Error failure) {
            sandbox.close();
            throw failure;
        }
    }

    /** A server for this configuration, on a new database of the kind that this test run is for. */
    public static ServerProcess.Setup onTheDatabase(String toml) {
        var setup = ServerProcess.configured(toml);
        return Postgres.IS_ASKED_FOR ? setup.environment("DCR_DATABASE_URL", Postgres.newDatabase()) : setup;
    }

    /** {@code dcr.registration.access = "open"}. */
    public static String openRegistration() {
        return """
                [dcr.registration]
                access = "open"
                """;
    }

    /** Trust in the sandbox's directory, and the server's name in requests. */
    public static String directory(Sandbox sandbox) {
        return """
                [[dcr.software_statement.issuers]]
                iss = "%s"
                jwks_uri = "%s"
                algorithms = ["PS256", "ES256"]
                [dcr.request_jwt]
                audience = "%s"
                """.formatted(Directory.ISSUER, sandbox.directory().jwksUri(), AUDIENCE);
    }

    /** The sandbox's extension service at all three points, by Basic authentication. */
    public static String extension(Sandbox sandbox) {
        return """
                [financial_services.extensions.endpoint]
                enabled = true
                base_url = "%s"
                allowed_extensions = ["pre_process_client_creation", "pre_process_client_update", "pre_process_client_retrieval"]
                retry_count = 2
                connect_timeout = 1
                read_timeout = 1
                [financial_services.extensions.endpoint.security]
                type = "Basic-Auth"
                username = "%s"
                password = "sandbox"
                """.formatted(sandbox.extension().baseUrl(), ExtensionService.USER);
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public Directory directory() {
        return sandbox.directory();
    }

    public ExtensionService extension() {
        return sandbox.extension();
    }

    public ServerProcess server() {
        return server;
    }

    /** A client of the registration endpoint. */
    public RegistrationClient client() {
        return new RegistrationClient(server.http().resolve("/register"));
    }

    /** The least that a web client must say. */
    public static JsonObjectBuilder metadata() {
        return JSON.createObjectBuilder()
                .add("redirect_uris", JSON.createArrayBuilder().add("https://client.example/cb"));
    }

    /** JSON as it is written in a test, with apostrophes for quotes. */
    public static JsonObject json(String text) {
        try (var reader = JSON.createReader(new java.io.StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }

    @Override
    public void close() {
        server.close();
        sandbox.close();
    }
}
