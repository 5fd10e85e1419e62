package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7592: reading, replacing and deleting a client, over HTTP at the shipped server. */
class ManageIT {
    private static Scene scene;
    private final RegistrationClient client = scene.client();

    @BeforeAll
    static void open() {
        scene = Scene.open();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    @DisplayName("RFC 7592 §2.1: reading gives what registering gave, the presented token included")
    @Tag("RFC7592-2.1-read")
    @Tag("RFC7592-2.1-rotation")
    void readsWhatWasRegistered() {
        var registered = client.create(metadata().add("client_name", "App").build());
        var read = client.read(registered.clientId(), registered.registrationAccessToken());
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(registered.json());
        assertThat(read.header("Cache-Control")).hasValue("no-store");
    }

    @Test
    @DisplayName("RFC 7592 §2.2: an update replaces everything; what is left out is gone or back to its default")
    @Tag("RFC7592-2.2-replace")
    @Tag("RFC7592-2.2-omitted")
    void replacesTheWholeMetadata() {
        var registered = client.create(
                metadata().add("client_name", "App").add("scope", "a b").build());
        var update = metadata()
                .add("client_id", registered.clientId())
                .add("client_secret", registered.json().getString("client_secret"))
                .add("logo_uri", "https://client.example/logo.png")
                .build();
        var replaced = client.replace(registered.clientId(), registered.registrationAccessToken(), update);
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json())
                .doesNotContainKeys("client_name", "scope")
                .containsEntry("logo_uri", update.get("logo_uri"))
                .containsEntry("client_secret", registered.json().get("client_secret"));
        assertThat(client.read(registered.clientId(), registered.registrationAccessToken())
                        .json())
                .isEqualTo(replaced.json());
    }

    @Test
    @DisplayName("RFC 7592 §2.2: client_id is a must, and must be the client's; client_secret must match")
    @Tag("RFC7592-2.2-client_id")
    @Tag("RFC7592-2.2-client_secret")
    @Tag("RFC7592-2.2-own-secret")
    void refusesAnUpdateUnderAnotherName() {
        var registered = client.create(metadata().build());
        var token = registered.registrationAccessToken();
        assertThat(client.replace(registered.clientId(), token, metadata().build())
                        .violatedFields())
                .containsExactly("client_id");
        assertThat(client.replace(
                                registered.clientId(),
                                token,
                                metadata().add("client_id", "other").build())
                        .violatedFields())
                .containsExactly("client_id");
        var guessed = metadata().add("client_id", registered.clientId()).add("client_secret", "guessed");
        assertThat(client.replace(registered.clientId(), token, guessed.build()).violatedFields())
                .containsExactly("client_secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registration_access_token",
                "registration_client_uri",
                "client_secret_expires_at",
                "client_id_issued_at"
            })
    @DisplayName("RFC 7592 §2.2: an update must not include what the server sets")
    @Tag("RFC7592-2.2-server-owned")
    void refusesServerOwnedMembers(String member) {
        var registered = client.create(metadata().build());
        var update = metadata()
                .add("client_id", registered.clientId())
                .add(member, registered.json().get(member))
                .build();
        var reply = client.replace(registered.clientId(), registered.registrationAccessToken(), update);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_client_metadata");
        assertThat(reply.violatedFields()).containsExactly(member);
    }

    @Test
    @DisplayName("RFC 7592 §2.2: a refused update changes nothing")
    @Tag("RFC7592-2.2-invalid")
    void keepsTheClientThroughARefusedUpdate() {
        var registered = client.create(metadata().build());
        var bad = json("{'client_id': '" + registered.clientId() + "', 'redirect_uris': ['javascript:x']}");
        assertThat(client.replace(registered.clientId(), registered.registrationAccessToken(), bad)
                        .status())
                .isEqualTo(400);
        assertThat(client.read(registered.clientId(), registered.registrationAccessToken())
                        .json())
                .isEqualTo(registered.json());
    }

    @Test
    @DisplayName("RFC 7592 §2.2: the secret comes and goes with the authentication method")
    @Tag("RFC7592-2.2-secret")
    void issuesAndDropsTheSecretWithTheMethod() {
        var registered = client.create(
                metadata().add("token_endpoint_auth_method", "none").build());
        var token = registered.registrationAccessToken();
        var id = registered.clientId();
        var confidential =
                client.replace(id, token, metadata().add("client_id", id).build());
        assertThat(confidential.json()).containsKeys("client_secret", "client_secret_expires_at");
        var back = metadata().add("client_id", id).add("token_endpoint_auth_method", "none");
        assertThat(client.replace(id, token, back.build()).json()).doesNotContainKey("client_secret");
    }

    @Test
    @DisplayName("RFC 7592 §2.3: deleting answers 204, and the token is dead at once")
    @Tag("RFC7592-2.1-unknown")
    @Tag("RFC7592-2.3-invalidated")
    void deletesForGood() {
        var registered = client.create(metadata().build());
        var deleted = client.delete(registered.clientId(), registered.registrationAccessToken());
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(deleted.header("Cache-Control")).hasValue("no-store");
        for (var method : new String[] {"GET", "PUT", "DELETE"}) {
            var gone = client.send(
                    method,
                    "/" + registered.clientId(),
                    "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    Map.of(
                            "Authorization",
                            "Bearer " + registered.registrationAccessToken(),
                            "Content-Type",
                            "application/json"));
            assertThat(gone.status()).isEqualTo(401);
        }
    }

    @Test
    @DisplayName("RFC 6750 §3: without a token a bare challenge, with a bad one the error in it")
    @Tag("RFC7592-2-bearer")
    void challengesTheCaller() {
        var id = client.create(metadata().build()).clientId();
        var bare = client.send("GET", "/" + id, new byte[0], Map.of());
        assertThat(bare.status()).isEqualTo(401);
        assertThat(bare.header("WWW-Authenticate"))
                .hasValueSatisfying(
                        challenge -> assertThat(challenge).startsWith("Bearer").doesNotContain("error"));
        var bad = client.read(id, "no-such-token");
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad.error()).isEqualTo("invalid_token");
        assertThat(bad.header("WWW-Authenticate"))
                .hasValueSatisfying(
                        challenge -> assertThat(challenge).startsWith("Bearer").contains("error=\"invalid_token\""));
    }

    @Test
    @DisplayName("RFC 7592 §2: a client that does not exist cannot be told from a wrong token")
    @Tag("RFC7592-2.1-unknown")
    @Tag("OIDCR-4.4-unauthorized")
    void tellsNotWhetherAClientExists() {
        var existing = client.create(metadata().build()).clientId();
        var wrong = client.read(existing, "no-such-token");
        var unknown = client.read("no-such-client", "no-such-token");
        assertThat(unknown.status()).isEqualTo(wrong.status());
        assertThat(unknown.error()).isEqualTo(wrong.error());
        assertThat(unknown.json().getString("error_description"))
                .isEqualTo(wrong.json().getString("error_description"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "/x/y", "/%2e%2e", "/a%2Fb", "/%00", "/%F0%9F%98%80"})
    @Tag("OIDCR-4.4-not-found")
    void neverAnswers404BelowTheEndpoint(String path) {
        assertThat(client.send("GET", path, new byte[0], Map.of()).status()).isEqualTo(401);
        var other = client.create(metadata().build()).registrationAccessToken();
        assertThat(client.send("GET", path, new byte[0], Map.of("Authorization", "Bearer " + other))
                        .status())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("RFC 7592 §2: another client's token is good, and not for this client")
    @Tag("RFC7592-2.1-forbidden")
    @Tag("OIDCR-4.4-forbidden")
    void refusesTheTokenOfAnotherClient() {
        var mine = client.create(metadata().build());
        var theirs = client.create(metadata().build());
        var reply = client.read(mine.clientId(), theirs.registrationAccessToken());
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.error()).isEqualTo("access_denied");
        assertThat(client.delete(mine.clientId(), theirs.registrationAccessToken())
                        .status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName(
            "RFC 7592 §2.1 to §2.3: a client that does not exist is 401, even with a token that is good for another")
    @Tag("RFC7592-2.1-unknown")
    void knowsNoClientThatDoesNotExist() {
        var token = client.create(metadata().build()).registrationAccessToken();
        var update = metadata().add("client_id", "no-such-client").build();
        assertThat(List.of(
                        client.read("no-such-client", token),
                        client.replace("no-such-client", token, update),
                        client.delete("no-such-client", token)))
                .allSatisfy(reply -> {
                    assertThat(reply.status()).isEqualTo(401);
                    assertThat(reply.error()).isEqualTo("invalid_token");
                });
    }

    @Test
    void losesNoUpdateAmongConcurrentOnes() throws Exception {
        var registered = client.create(metadata().build());
        var id = registered.clientId();
        var pool = Executors.newFixedThreadPool(8);
        try {
            var replies = pool
                    .invokeAll(IntStream.range(0, 24)
                            .<java.util.concurrent.Callable<RegistrationReply>>mapToObj(i -> () -> client.replace(
                                    id,
                                    registered.registrationAccessToken(),
                                    metadata()
                                            .add("client_id", id)
                                            .add("client_name", "update " + i)
                                            .build()))
                            .collect(toList()))
                    .stream()
                    .map(ManageIT::reply)
                    .toList();
            assertThat(replies)
                    .extracting(RegistrationReply::status)
                    .containsAnyOf(200)
                    .isSubsetOf(200, 409);
            assertThat(client.read(id, registered.registrationAccessToken())
                            .json()
                            .getString("client_name"))
                    .startsWith("update ");
        } finally {
            pool.shutdownNow();
        }
    }

    private static RegistrationReply reply(java.util.concurrent.Future<RegistrationReply> future) {
        try {
            return future.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
