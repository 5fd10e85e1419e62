package dev.dcr.it;

import static dev.dcr.it.Scene.metadata;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.sandbox.Directory;
import dev.dcr.sandbox.Software;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Rate limits of sources, clients and software, and the quota of software, at the shipped server behind a trusted proxy. Each
 * test has addresses, clients and software of its own.
 */
class LimitsIT {
    private static final int BURST = 6;
    private static final int QUOTA = 2;

    private static Scene scene;
    private final RegistrationClient client = scene.client();
    private final Directory directory = scene.directory();
    private final Software software = directory.software("software-" + UUID.randomUUID());

    @BeforeAll
    static void open() {
        scene = Scene.configured(
                sandbox -> """
                [dcr]
                trusted_proxies = ["127.0.0.0/8", "::1/128"]
                [dcr.rate_limit]
                requests_per_minute = 1
                client_requests_per_minute = 1
                software_requests_per_minute = 1
                burst = %d
                [dcr.quota]
                clients_per_software = %d
                """.formatted(BURST, QUOTA) + Scene.openRegistration() + Scene.directory(sandbox));
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void manyClientsBehindOneAddressAreReadAsOftenAsEachMayBe() {
        var address = "198.51.100.1";
        for (var i = 0; i < 3; i++) {
            var registered = create("192.0.2.1");
            for (var read = 0; read < BURST; read++)
                assertThat(read(registered, address).status()).isEqualTo(200);
            isSlowedDown(read(registered, address));
            isSlowedDown(read(registered, "198.51.100.2"));
        }
        assertThat(metric("dcr_requests_slowed_down_total", "limit=\"client\"")).isPositive();
    }

    @Test
    void aNeighbourWhoUsesUpTheAddressLocksNoClientOutThatIsKnownThere() {
        var address = "198.51.100.3";
        var known = create("192.0.2.2");
        var unknown = create("192.0.2.2");
        assertThat(read(known, address).status()).isEqualTo(200);
        for (var i = 0; i < BURST; i++)
            assertThat(from(address, "guess", "nobody").status()).isEqualTo(401);
        isSlowedDown(from(address, "guess", "nobody"));
        isSlowedDown(read(unknown, address));
        assertThat(read(known, address).status()).isEqualTo(200);
        assertThat(read(unknown, "198.51.100.4").status()).isEqualTo(200);
    }

    @Test
    void theTokenOfAClientRegistersNobodyAtTheExpenseOfNobody() {
        var address = "198.51.100.5";
        var known = create(address);
        for (var i = 1; i < BURST; i++) create(address);
        assertThat(read(known, "198.51.100.6").status()).isEqualTo(200);
        assertThat(read(known, address).status()).isEqualTo(200);
        isSlowedDown(client.create(
                metadata().build(),
                Map.of("X-Forwarded-For", address, "Authorization", "Bearer " + known.registrationAccessToken())));
    }

    @Test
    void guessingTokensCostsFiveTimesAsMuch() {
        var address = "2001:db8::1";
        for (var i = 0; i < BURST; i++)
            assertThat(from(address, "guess", "nobody").status()).isEqualTo(401);
        var refused = from("2001:db8::ffff:2", "guess", "nobody");
        isSlowedDown(refused);
        assertThat(Integer.parseInt(refused.header("Retry-After").orElseThrow()))
                .isBetween(4 * BURST * 60, (4 * BURST + 1) * 60);
        assertThat(metric("dcr_requests_slowed_down_total", "limit=\"source\"")).isPositive();
    }

    @Test
    void softwareRegistersAtItsOwnRateWhereverItComesFrom() {
        for (var i = 0; i < BURST; i++)
            assertThat(rehearse(software, "203.0.113." + i).status()).isEqualTo(200);
        isSlowedDown(rehearse(software, "203.0.113.100"));
        assertThat(rehearse(directory.software("another"), "203.0.113.101").status())
                .isEqualTo(200);
        assertThat(metric("dcr_requests_slowed_down_total", "limit=\"software\""))
                .isPositive();
    }

    @Test
    void whoForgesAStatementUsesUpNothingOfItsSoftware() {
        for (var i = 0; i <= BURST; i++) {
            var forged = metadata()
                    .add("software_statement", directory.statement(software).tampered("org_id", "evil"));
            assertThat(create(forged.build(), "203.0.113." + (i + 10)).error()).isEqualTo("invalid_software_statement");
        }
        assertThat(rehearse(software, "203.0.113.102").status()).isEqualTo(200);
    }

    @Test
    void softwareHasNoMoreLivingClientsThanItsQuota() {
        var first = register(software, "203.0.113.20");
        assertThat(first.status()).isEqualTo(201);
        assertThat(register(software, "203.0.113.21").status()).isEqualTo(201);

        var refused = register(software, "203.0.113.22");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_software_statement");
        assertThat(refused.json().getJsonArray("violations").getJsonObject(0).getString("code"))
                .isEqualTo("quota_exceeded");
        assertThat(rehearse(software, "203.0.113.23").error()).isEqualTo("invalid_software_statement");
        assertThat(metric("dcr_quota_refusals_total", "")).isGreaterThan(1);

        var update = directory
                .request(software, directory.statement(software).sign())
                .with("client_id", first.clientId())
                .sign();
        assertThat(client.replace(first.clientId(), first.registrationAccessToken(), update)
                        .status())
                .isEqualTo(200);
        assertThat(client.delete(first.clientId(), first.registrationAccessToken())
                        .status())
                .isEqualTo(204);
        assertThat(register(software, "203.0.113.24").status()).isEqualTo(201);
    }

    @Test
    void whoOnlyClaimsToBeSoftwareTakesNoneOfItsPlaces() {
        for (var i = 0; i < QUOTA; i++)
            assertThat(create(metadata().add("software_id", software.id()).build(), "203.0.113.30")
                            .status())
                    .isEqualTo(201);
        assertThat(register(software, "203.0.113.31").status()).isEqualTo(201);
    }

    @Test
    void aClientBecomesItsSoftwaresOnlyWhileThereIsAPlace() {
        for (var i = 0; i < QUOTA; i++)
            assertThat(register(software, "203.0.113.4" + i).status()).isEqualTo(201);
        var nobodys = create("203.0.113.50");
        var update = directory
                .request(software, directory.statement(software).sign())
                .with("client_id", nobodys.clientId())
                .sign();
        assertThat(client.replace(nobodys.clientId(), nobodys.registrationAccessToken(), update)
                        .error())
                .isEqualTo("invalid_software_statement");
    }

    private RegistrationReply create(String source) {
        var reply = create(metadata().build(), source);
        assertThat(reply.status()).isEqualTo(201);
        return reply;
    }

    private RegistrationReply create(JsonObject metadata, String source) {
        return client.create(metadata, Map.of("X-Forwarded-For", source));
    }

    private RegistrationReply read(RegistrationReply registered, String source) {
        return from(source, registered.registrationAccessToken(), registered.clientId());
    }

    private RegistrationReply from(String source, String token, String clientId) {
        return client.send(
                "GET",
                "/" + clientId,
                new byte[0],
                Map.of("X-Forwarded-For", source, "Authorization", "Bearer " + token));
    }

    private RegistrationReply register(Software by, String source) {
        return signed(by, source, "");
    }

    private RegistrationReply rehearse(Software by, String source) {
        return signed(by, source, "?dry_run=true");
    }

    private RegistrationReply signed(Software by, String source, String query) {
        var request = directory.request(by, directory.statement(by).sign()).sign();
        return client.send(
                "POST",
                query,
                request.getBytes(UTF_8),
                Map.of("X-Forwarded-For", source, "Content-Type", "application/jwt"));
    }

    private static void isSlowedDown(RegistrationReply reply) {
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.error()).isEqualTo("slow_down");
        assertThat(reply.header("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
    }

    private static double metric(String name, String tag) {
        return new RegistrationClient(scene.server().management())
                .send("GET", "/metrics", new byte[0], Map.of())
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
