package dev.dcr.extension;

import dev.dcr.extension.ExtensionConfig.Security.ClientCredentials;
import dev.dcr.fuzz.Property;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Whatever a token endpoint answers is a token fit for a header, or a breach of its contract that tells no token. */
public final class TokenReplyFuzz {
    private static final ClientCredentials CREDENTIALS =
            new ClientCredentials(URI.create("https://tokens.example"), "client", "secret", Optional.empty());

    private TokenReplyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try (var answered = new Answered(input)) {
            var header = new FetchedTokens(CREDENTIALS, answered, null, Clock.systemUTC())
                    .header()
                    .orElseThrow();
            Property.holds(header.matches("Bearer [\\x21-\\x7e]+"), "a token is fit for a header");
        } catch (ContractBreach breach) {
            Property.fitToTell(breach.getMessage());
        }
    }

    /** Calls that have been answered already. */
    private static final class Answered extends BoundedCalls {
        private final byte[] body;

        Answered(byte[] body) {
            super(1, Duration.ZERO, Duration.ZERO);
            this.body = body;
        }

        @Override
        Reply call(Supplier<Response> call) {
            return new Reply(200, body);
        }
    }
}
