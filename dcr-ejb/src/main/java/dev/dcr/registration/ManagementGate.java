package dev.dcr.registration;

import dev.dcr.access.AccessConfig;
import dev.dcr.access.AccessTokenVerifier;
import dev.dcr.access.Caller;
import dev.dcr.access.TokenDigest;
import dev.dcr.error.RegistrationError.AccessDenied;
import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationRefused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Decides who may manage a client (RFC 7592 §2). That a client does not exist looks like a token that is not good. */
@ApplicationScoped
class ManagementGate {
    @Inject
    AccessConfig config;

    @Inject
    AccessTokenVerifier accessTokens;

    @Inject
    Clients clients;

    /** @throws RegistrationRefused unless the token is good, and for this client */
    Managed admit(String clientId, Optional<String> bearer) {
        var token = bearer.orElseThrow(() -> new RegistrationRefused(InvalidToken.MISSING));
        return config.management() == AccessConfig.Management.ACCESS_TOKEN
                ? byAccessToken(clientId, token)
                : byRegistrationAccessToken(clientId, token);
    }

    /** One look-up by the token's hash: it takes as long for a client that does not exist as for a wrong token. */
    private Managed byRegistrationAccessToken(String clientId, String token) {
        var client = clients.findBy(TokenDigest.of(token)).orElseThrow(ManagementGate::noGood);
        if (!client.clientId().equals(clientId)) throw anotherClients();
        return new Managed(client, new Caller.ClientItself(), Optional.of(token));
    }

    private Managed byAccessToken(String clientId, String token) {
        var holder = accessTokens.verify(token, config.accessTokens().managementScope());
        if (!holder.clientId().equals(clientId)) throw anotherClients();
        var client = clients.find(clientId).orElseThrow(ManagementGate::noGood);
        return new Managed(client, holder, Optional.empty());
    }

    private static RegistrationRefused noGood() {
        return new RegistrationRefused(InvalidToken.NO_GOOD);
    }

    private static RegistrationRefused anotherClients() {
        return new RegistrationRefused(new AccessDenied("the token is not for this client"));
    }
}
