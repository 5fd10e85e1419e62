package dev.dcr.access;

import java.net.URI;
import java.util.Optional;

/**
 * Who may register and who may manage.
 *
 * @param registration what registering takes ({@code dcr.registration.access})
 * @param management   what reading, replacing and deleting a client takes ({@code dcr.management.access})
 * @param rotate       whether an update replaces the registration access token
 *                     ({@code dcr.management.rotate_registration_access_token})
 * @param accessTokens how an authorization server's tokens are checked ({@code dcr.access_token})
 * @param adminToken   the bearer token of the administrative endpoint; without it that endpoint is closed
 *                     ({@code dcr.admin.token})
 */
public record AccessConfig(
        Registration registration,
        Management management,
        boolean rotate,
        AccessTokens accessTokens,
        Optional<String> adminToken) {

    /** What registering takes. */
    public enum Registration {
        OPEN,
        INITIAL_ACCESS_TOKEN,
        SOFTWARE_STATEMENT
    }

    /** What managing a client takes. */
    public enum Management {
        REGISTRATION_ACCESS_TOKEN,
        ACCESS_TOKEN
    }

    /**
     * How tokens of the authorization server are checked: by key set (RFC 9068) or by introspection (RFC 7662).
     *
     * @param audience          the {@code aud} a token must name; empty accepts any
     * @param managementScope   the scope that managing needs; empty needs none
     * @param registrationScope the scope that registering needs; empty needs none
     */
    public record AccessTokens(
            Optional<String> issuer,
            Optional<URI> jwksUri,
            Optional<URI> introspectionEndpoint,
            Optional<String> clientId,
            Optional<String> clientSecret,
            Optional<String> audience,
            Optional<String> managementScope,
            Optional<String> registrationScope) {}
}
