package dev.dcr.registration;

import dev.dcr.error.Violation;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.rules.RuleConfig;
import dev.dcr.statement.SoftwareStatement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What RFC 7592 §2.2 asks of an update beyond what it asks of a registration. */
@ApplicationScoped
class UpdateRules {
    private static final List<String> SERVER_OWNED = List.of(
            "registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at");

    @Inject
    RuleConfig config;

    @Inject
    ClientSecrets secrets;

    Stream<Violation> check(VerifiedRequest request, RegisteredClient client, Optional<SoftwareStatement> bound) {
        var members = request.requested();
        return Stream.of(
                        clientId(members, client),
                        serverOwned(members),
                        secret(members, client),
                        software(request, bound))
                .flatMap(violations -> violations);
    }

    /** "The client MUST include its client_id field in the request, and it MUST be the same." */
    private Stream<Violation> clientId(JsonObject members, RegisteredClient client) {
        var sent = members.getOrDefault("client_id", JsonValue.NULL);
        if (sent.equals(JsonValue.NULL)) {
            return config.profile().isOpenBanking()
                    ? Stream.empty()
                    : Stream.of(Violation.metadata(
                            "client_id", "missing", "an update must include the client's client_id"));
        }
        return sent instanceof JsonString id && id.getString().equals(client.clientId())
                ? Stream.empty()
                : Stream.of(
                        Violation.metadata("client_id", "mismatch", "client_id must be that of the client updated"));
    }

    /** "This request MUST NOT include" these. */
    private static Stream<Violation> serverOwned(JsonObject members) {
        return SERVER_OWNED.stream()
                .filter(members::containsKey)
                .map(member -> Violation.metadata(
                        member, "server_owned", member + " is set by the server; leave it out of an update"));
    }

    /** "If the client includes the client_secret field, its value MUST match the currently issued client secret." */
    private Stream<Violation> secret(JsonObject members, RegisteredClient client) {
        var sent = members.getOrDefault("client_secret", JsonValue.NULL);
        if (sent.equals(JsonValue.NULL)) return Stream.empty();
        var issued = client.secret()
                .map(kept -> secrets.open(kept, client.clientId()).value());
        return sent instanceof JsonString secret
                        && issued.filter(value -> same(value, secret.getString()))
                                .isPresent()
                ? Stream.empty()
                : Stream.of(Violation.metadata(
                        "client_secret", "mismatch", "client_secret must be the one issued, or be left out"));
    }

    private static Stream<Violation> software(VerifiedRequest request, Optional<SoftwareStatement> bound) {
        var other = bound.isPresent()
                && !request.statement().map(UpdateRules::software).equals(bound.map(UpdateRules::software));
        return other
                ? Stream.of(Violation.statement(
                        "software_statement.software_id",
                        "other_software",
                        "software_statement must be for the software that registered this client"))
                : Stream.empty();
    }

    /** Each issuer gives the identifiers of its software by itself. */
    private static List<Optional<String>> software(SoftwareStatement statement) {
        return List.of(statement.string("iss"), statement.softwareId());
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
