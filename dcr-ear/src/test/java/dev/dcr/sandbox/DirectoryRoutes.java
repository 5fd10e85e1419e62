package dev.dcr.sandbox;

import static com.nimbusds.jose.JWSAlgorithm.ES256;
import static com.nimbusds.jose.JWSAlgorithm.PS256;
import static com.nimbusds.jose.JWSAlgorithm.RS256;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The {@link Directory} over HTTP. */
final class DirectoryRoutes {
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(PS256, ES256, RS256);

    private final Directory directory;

    DirectoryRoutes(Directory directory) {
        this.directory = directory;
    }

    void addTo(WebServer server) {
        server.route("GET", "/directory/jwks", call -> directory.publish(directory.keys()));
        server.route("GET", "/directory/software/{}/jwks", this::softwareKeys);
        server.route("POST", "/directory/statements", this::statement);
        server.route("POST", "/directory/requests", this::request);
        server.route("POST", "/directory/rotate", this::rotate);
        server.route("POST", "/directory/outage", this::outage);
        server.route("GET", "/directory/statistics", call -> Reply.json(200, statistics()));
    }

    private Reply softwareKeys(Call call) {
        return directory
                .find(call.segment())
                .map(software -> directory.publish(software.keys()))
                .orElseGet(() -> Reply.text(404, "no such software\n"));
    }

    private Reply statement(Call call) {
        var statement = statement(call.json(), algorithm(call));
        return Reply.json(
                200, Json.object(Map.of("software_statement", statement.sign(), "claims", statement.claims())));
    }

    /** The body's {@code statement} changes the statement, {@code claims} the request, {@code audience} its aud. */
    private Reply request(Call call) {
        var wishes = call.json();
        var algorithm = algorithm(call);
        var statement = statement(member(wishes, "statement"), algorithm);
        var request = directory
                .request(softwareOf(statement.claims()), statement.sign(), algorithm)
                .with(member(wishes, "claims"));
        if (wishes.containsKey("audience")) request = request.with("aud", wishes.get("audience"));
        return Reply.bytes(200, "application/jwt", request.sign().getBytes(UTF_8));
    }

    private Draft statement(JsonObject changes, JWSAlgorithm algorithm) {
        return directory.statement(softwareOf(changes), algorithm).with(changes);
    }

    private Software softwareOf(JsonObject claims) {
        return directory.software(claims.getString("software_id", Directory.DEFAULT_SOFTWARE));
    }

    private Reply rotate(Call call) {
        directory.keys().rotate();
        return Reply.json(200, directory.keys().jwks());
    }

    private Reply outage(Call call) {
        directory.fail(Duration.ofSeconds(
                call.query("seconds").map(Integer::parseUnsignedInt).orElse(60)));
        return Reply.json(200, statistics());
    }

    private JsonObject statistics() {
        var bySoftware = new TreeMap<String, Integer>();
        for (var software : directory.all())
            bySoftware.put(software.id(), software.keys().fetches());
        return Json.object(Map.of(
                "jwks_fetches", directory.keys().fetches(),
                "software_jwks_fetches", bySoftware,
                "outage", directory.failing()));
    }

    private static JWSAlgorithm algorithm(Call call) {
        var algorithm = call.query("alg").map(JWSAlgorithm::parse).orElse(PS256);
        if (!ALGORITHMS.contains(algorithm)) throw new IllegalArgumentException("alg is one of " + ALGORITHMS);
        return algorithm;
    }

    private static JsonObject member(JsonObject json, String name) {
        return json.getOrDefault(name, JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
    }
}
