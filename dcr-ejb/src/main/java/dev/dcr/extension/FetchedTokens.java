package dev.dcr.extension;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dcr.extension.ExtensionConfig.Security.ClientCredentials;
import dev.dcr.json.MalformedJson;
import dev.dcr.json.StrictJson;
import dev.dcr.outbound.BasicCredentials;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Access tokens by client credentials (RFC 6749 §4.4), kept until shortly before they expire. Callers who find none
 * share one fetch and its outcome, so that a slow token endpoint is not asked by all of them.
 */
class FetchedTokens implements Authorization {
    private static final Duration UNSTATED_LIFETIME = Duration.ofSeconds(60);
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);
    private static final long LONGEST_LIFETIME = Duration.ofDays(1).toSeconds();

    private final BoundedCalls calls;
    private final TokenApi api;
    private final Clock clock;
    private final String client;
    private final byte[] form;
    private CompletableFuture<Token> latest = CompletableFuture.completedFuture(new Token("", Instant.MIN));

    FetchedTokens(ClientCredentials credentials, BoundedCalls calls, TokenApi api, Clock clock) {
        this.calls = calls;
        this.api = api;
        this.clock = clock;
        this.client = BasicCredentials.ofClient(credentials.clientId(), credentials.clientSecret());
        this.form = ("grant_type=client_credentials"
                        + credentials
                                .scope()
                                .map(scope -> "&scope=" + URLEncoder.encode(scope, UTF_8))
                                .orElse(""))
                .getBytes(UTF_8);
    }

    private record Token(String header, Instant staleAt) {}

    @Override
    public Optional<String> header() {
        return Optional.of(tokenOtherThan(""));
    }

    @Override
    public Optional<String> insteadOf(String rejected) {
        return Optional.of(tokenOtherThan(rejected));
    }

    private String tokenOtherThan(String rejected) {
        var fetch = new CompletableFuture<Token>();
        var shared = latestOr(fetch, rejected);
        if (shared == fetch) {
            try {
                fetch.complete(fetched());
            } catch (Throwable e) { // whatever it is, nobody must wait for this fetch any longer
                fetch.completeExceptionally(e);
            }
        }
        try {
            return shared.join().header();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** The token at hand or under way, unless it is of no more use: then {@code fetch} takes its place. */
    private synchronized CompletableFuture<Token> latestOr(CompletableFuture<Token> fetch, String rejected) {
        if (latest.isDone() && !usable(latest, rejected)) latest = fetch;
        return latest;
    }

    private boolean usable(CompletableFuture<Token> done, String rejected) {
        if (done.isCompletedExceptionally()) return false;
        var token = done.join();
        return clock.instant().isBefore(token.staleAt()) && !token.header().equals(rejected);
    }

    private Token fetched() {
        var asked = clock.instant();
        var reply = calls.call(() -> api.token(client, form));
        if (reply.status() != 200) throw new ContractBreach("token endpoint: HTTP status " + reply.status());
        var answer = object(reply);
        var lifetime = lifetime(answer.get("expires_in"));
        var tenth = lifetime.dividedBy(10);
        var margin = tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN;
        return new Token("Bearer " + accessToken(answer), asked.plus(lifetime).minus(margin));
    }

    /** RFC 6749 §5.1 and appendix A.12: visible ASCII, of a type that a bearer may use. */
    private static String accessToken(JsonObject answer) {
        var type = answer.get("token_type") instanceof JsonString text ? text.getString() : "";
        if (!type.equalsIgnoreCase("Bearer")) throw new ContractBreach("token endpoint: token_type is not Bearer");
        var token = answer.get("access_token") instanceof JsonString text ? text.getString() : "";
        if (!token.matches("[\\x21-\\x7e]+")) throw new ContractBreach("token endpoint: no usable access_token");
        return token;
    }

    private static Duration lifetime(JsonValue expiresIn) {
        if (expiresIn instanceof JsonNumber number)
            return lifetime(number.bigDecimalValue().longValue());
        if (expiresIn instanceof JsonString text && text.getString().matches("[0-9]{1,9}")) {
            return lifetime(Long.parseLong(text.getString()));
        }
        return UNSTATED_LIFETIME;
    }

    private static Duration lifetime(long seconds) {
        return Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST_LIFETIME)));
    }

    private static JsonObject object(BoundedCalls.Reply reply) {
        try {
            return StrictJson.object(reply.body());
        } catch (MalformedJson e) {
            throw new ContractBreach("token endpoint: body " + e.getMessage());
        }
    }
}
