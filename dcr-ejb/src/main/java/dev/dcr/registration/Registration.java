package dev.dcr.registration;

import dev.dcr.metadata.ClientMetadata;
import java.time.Instant;
import java.util.Optional;

/**
 * A registered client as its owner may see it (RFC 7591 §3.2.1).
 *
 * @param metadata          the members to show; what the configuration hides is already left out
 * @param softwareStatement the statement as it was received
 * @param secret            its client secret, where its authentication method has one
 * @param accessToken       the registration access token to hand out or to echo; empty where an authorization
 *                          server's access tokens manage clients
 * @param version           counts the changes of the stored client, from 0
 */
public record Registration(
        String clientId,
        Instant issuedAt,
        ClientMetadata metadata,
        Optional<String> softwareStatement,
        Optional<Secret> secret,
        Optional<String> accessToken,
        long version) {

    /**
     * A client secret.
     *
     * @param expiresAt when it ceases to be good; empty for never, which replies show as 0
     */
    public record Secret(String value, Optional<Instant> expiresAt) {
        @Override
        public String toString() {
            return "Secret[...]";
        }
    }
}
