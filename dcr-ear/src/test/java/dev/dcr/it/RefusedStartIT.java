package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A configuration with mistakes in it, given to the shipped server. */
class RefusedStartIT {
    /** Far less than a start takes; a machine may be busy. */
    private static final Duration QUICKLY = Duration.ofSeconds(60);

    @Test
    void endsOnASyntaxErrorAndNamesItsPlace() {
        var ended = ServerProcess.configured("[dcr]\nprofile = \"oauth\n").startToEnd();
        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output())
                .containsPattern("deployment\\.toml:2(:\\d+)?: ")
                .doesNotContain("WFLYSRV");
    }

    @Test
    void endsOnMistakesAndNamesEachByFileLineAndKey() {
        var started = Instant.now();
        var ended = ServerProcess.configured("""
                        [dcr]
                        profil = "oauth"
                        public_base_url = "dcr.bank.example"
                        max_body_bytes = "many"
                        trusted_proxies = ["10.0.0.0/99"]
                        unknown_metadata = "keep"
                        [dcr.request_jwt]
                        algorithms = ["HS256"]
                        [dcr.admin]
                        token_file = "no-such-secret"
                        [financial_services.extensions.endpoint]
                        enabled = true
                        allowed_extensions = ["pre_process_client_deletion"]
                        [[financial_services.app_registration.dcr.validators.validator]]
                        name = "NoSuchValidator"
                        """).startToEnd();
        assertThat(ended.exitCode()).isNotZero();
        assertThat(Duration.between(started, Instant.now())).isLessThan(QUICKLY);
        Map.of(
                        2, "dcr.profil",
                        3, "dcr.public_base_url",
                        4, "dcr.max_body_bytes",
                        5, "dcr.trusted_proxies",
                        6, "dcr.unknown_metadata",
                        8, "dcr.request_jwt.algorithms",
                        10, "dcr.admin.token_file",
                        13, "financial_services.extensions.endpoint.allowed_extensions",
                        15, "financial_services.app_registration.dcr.validators.validator")
                .forEach((line, key) -> assertThat(ended.output())
                        .containsPattern("deployment\\.toml:" + line + ": " + key.replace(".", "\\.") + "\\b"));
        assertThat(ended.output()).contains("base_url").doesNotContain("Exception", "\tat ");
    }

    @Test
    void endsOnABadValueOfTheEnvironmentAndNamesTheVariable() {
        var ended = ServerProcess.configured("[dcr]\nprofile = \"oauth\"\n")
                .environment("DCR_PROFILE", "nonsense")
                .startToEnd();
        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output()).contains("environment variable DCR_PROFILE: ");
    }

    @Test
    void endsWhereTheFileThatWasNamedIsMissing() {
        var ended = ServerProcess.configured("")
                .arguments("--config", "no-such.toml")
                .startToEnd();
        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output()).contains("no-such.toml");
    }

    @Test
    void endsWhereTheFolderOfItsDatabaseCannotBeMadeAndLeavesNothingBehind() throws IOException {
        var file = Files.createTempFile(Path.of("target"), "no-folder", "").toRealPath();
        var temporary = Files.createTempDirectory(Path.of("target"), "unpacked").toRealPath();
        var ended = ServerProcess.configured("")
                .environment("DCR_DATABASE_URL", "jdbc:h2:file:" + file.resolve("data/dcr"))
                .environment("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary)
                .startToEnd();
        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output())
                .contains("the folder of dcr.database.url cannot be made: ")
                .doesNotContain("\tat ");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void startsWhereTheEnvironmentOverridesABadValue() {
        var setup = Scene.onTheDatabase("""
                        [dcr]
                        profile = "nonsense"
                        [dcr.registration]
                        access = "nobody"
                        """)
                .environment("DCR_PROFILE", "oidc")
                .environment("DCR_REGISTRATION_ACCESS", "initial_access_token")
                .arguments("-Ddcr.registration.access=open");
        try (var server = setup.start()) {
            var client = new RegistrationClient(server.http().resolve("/register"));
            var reply = client.create(Scene.metadata().build());
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.json().getString("application_type")).isEqualTo("web");
        }
    }
}
