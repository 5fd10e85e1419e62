package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static dev.dcr.sandbox.Point.CREATION;
import static dev.dcr.sandbox.Point.RETRIEVAL;
import static dev.dcr.sandbox.Point.TOKEN;
import static dev.dcr.sandbox.Point.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.sandbox.Answer;
import dev.dcr.sandbox.ExtensionService;
import dev.dcr.sandbox.Reply;
import dev.dcr.sandbox.Sandbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An extension service behind OAuth2 client credentials that is asked at two points and may replace what it likes. */
class ExtensionOAuth2IT {
    private static Scene scene;
    private final RegistrationClient client = scene.client();
    private final ExtensionService extension = scene.extension();

    @BeforeAll
    static void open() {
        scene = Scene.configured(sandbox -> Scene.openRegistration() + Scene.directory(sandbox) + extension(sandbox));
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    /** No token that the server still holds is good any more. */
    @BeforeEach
    void reset() {
        extension.reset();
    }

    @Test
    @DisplayName("RFC 6749 §4.4.2: a token by client credentials, fetched once for many calls")
    void fetchesOneTokenForManyCalls() {
        client.create(metadata().build());
        for (var i = 0; i < 5; i++)
            assertThat(client.create(metadata().build()).status()).isEqualTo(201);
        assertThat(extension.calls(TOKEN)).isEqualTo(1);
        var request = extension.requests(TOKEN).get(0);
        assertThat(request.header("Content-Type")).hasValue("application/x-www-form-urlencoded");
        assertThat(request.header("Authorization")).hasValue("Basic ZGNyOnNhbmRib3g=");
        assertThat(request.text()).isEqualTo("grant_type=client_credentials&scope=registrations");
        var shown = extension.requests(CREATION).stream()
                .map(call -> call.header("Authorization").orElseThrow())
                .toList();
        assertThat(shown).last().asString().startsWith("Bearer ");
        assertThat(shown.subList(shown.size() - 5, shown.size())).containsOnly(shown.get(shown.size() - 1));
    }

    @Test
    void fetchesAnotherTokenOnceWhenTheOneAtHandIsRefused() {
        client.create(metadata().build());
        extension.reset();
        assertThat(client.create(metadata().build()).status()).isEqualTo(201);
        assertThat(extension.calls(TOKEN)).isEqualTo(1);
        assertThat(extension.calls(CREATION)).isEqualTo(2);
    }

    @Test
    void answers502WhereEvenAFreshTokenIsRefused() {
        extension.always(CREATION, Answer.of(Reply.empty(401)));
        assertThat(client.create(metadata().build()).status()).isEqualTo(502);
        assertThat(extension.calls(CREATION)).isEqualTo(2);
    }

    @Test
    void answers502WhereTheTokenEndpointRefuses() {
        extension.next(TOKEN, Answer.of(Reply.empty(400)));
        assertThat(client.create(metadata().build()).status()).isEqualTo(502);
        assertThat(client.create(metadata().build()).status()).isEqualTo(201);
    }

    @Test
    void answers503WhereTheTokenEndpointIsOutOfReach() {
        extension.next(TOKEN, Answer.of(Reply.drop()), Answer.of(Reply.drop()));
        var reply = client.create(metadata().build());
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(client.create(metadata().build()).status()).isEqualTo(201);
    }

    @Test
    @DisplayName("merge = replace: the extension wins over request and statement")
    void letsTheExtensionWin() {
        var directory = scene.directory();
        var statement = directory.statement(directory.software("extension-software"));
        extension.next(
                CREATION,
                Answer.success(Map.of("client_name", "Of the extension", "scope", "accounts", "client_id", "evil")));
        var registered = client.create(json("{'software_statement': '" + statement.sign() + "', 'scope': 'payments'}"))
                .json();
        assertThat(registered)
                .containsAllEntriesOf(json("{'client_name': 'Of the extension', 'scope': 'accounts'}"))
                .containsEntry("org_id", statement.claims().get("org_id"));
        assertThat(registered.getString("client_id")).isNotEqualTo("evil");
        assertThat(client.read(registered.getString("client_id"), registered.getString("registration_access_token"))
                        .json())
                .isEqualTo(registered);
    }

    @Test
    void letsTheExtensionWinInAnUpdate() {
        var registered = client.create(metadata().build());
        extension.next(UPDATE, Answer.success(Map.of("client_name", "Of the extension")));
        var update = metadata().add("client_id", registered.clientId()).add("client_name", "Of the client");
        var replaced = client.replace(registered.clientId(), registered.registrationAccessToken(), update.build());
        assertThat(replaced.json().getString("client_name")).isEqualTo("Of the extension");
    }

    @Test
    void answers502WhereTheReplacementBreaksARule() {
        extension.next(CREATION, Answer.success(Map.of("redirect_uris", List.of("http://evil.example/cb"))));
        assertThat(client.create(metadata().build()).status()).isEqualTo(502);
    }

    @Test
    @DisplayName("a statement's redirect URIs bind the extension too")
    void answers502WhereTheReplacementLeavesTheStatement() {
        var directory = scene.directory();
        var statement = directory.statement(directory.software("extension-software"));
        extension.next(CREATION, Answer.success(Map.of("redirect_uris", List.of("https://evil.example/cb"))));
        assertThat(client.create(json("{'software_statement': '" + statement.sign() + "'}"))
                        .status())
                .isEqualTo(502);
    }

    @Test
    void asksOnlyAtThePointsThatAreAllowed() {
        var registered = client.create(metadata().build());
        assertThat(client.read(registered.clientId(), registered.registrationAccessToken())
                        .status())
                .isEqualTo(200);
        assertThat(extension.calls(RETRIEVAL)).isZero();
    }

    private static String extension(Sandbox sandbox) {
        return """
                [dcr.extensions]
                merge = "replace"
                [financial_services.extensions.endpoint]
                enabled = true
                base_url = "%s"
                allowed_extensions = ["pre_process_client_creation", "pre_process_client_update", "persist_authorized_consent"]
                retry_count = 2
                [financial_services.extensions.endpoint.security]
                type = "OAuth2"
                token_endpoint = "%s"
                client_id = "%s"
                client_secret = "sandbox"
                scope = "registrations"
                """.formatted(sandbox.extension().baseUrl(), sandbox.extension().tokenEndpoint(), ExtensionService.USER);
    }
}
