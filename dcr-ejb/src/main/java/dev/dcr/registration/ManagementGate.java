package dev.dcr.registration;

import dev.dcr.access.AccessConfig;
import dev.dcr.access.AccessTokenVerifier;
import dev.dcr.access.Caller;
import dev.dcr.access.Credentials;
import dev.dcr.access.TokenDigest;
import dev.dcr.error.RegistrationError.AccessDenied;
import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationRefused;
import jakarta.ejb.EJB;
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

    @EJB
    Clients clients;

    /** @throws RegistrationRefused unless the token is good, and for this client */
    Managed admit(String clientId, Credentials credentials) {
        if (config.managementMutualTls() && credentials.certificate().isEmpty())
            throw new RegistrationRefused(InvalidToken.NO_CERTIFICATE);
        var token = credentials.token().orElseThrow(() -> new RegistrationRefused(InvalidToken.MISSING));
        if (config.management() == AccessConfig.Management.ACCESS_TOKEN) return byAccessToken(clientId, credentials);
        if (credentials.proof().isPresent()) throw noGood(); // a registration access token is a bearer token
        return byRegistrationAccessToken(clientId, token);
    }

    /**
     * The client as others have left it meanwhile, if the caller may still manage it. An access token is not checked
     * again: the proof that came with it is good once.
     */
    Managed again(Managed before) {
        var clientId = before.client().clientId();
        return before.token().isPresent()
                ? byRegistrationAccessToken(clientId, before.token().get())
                : managed(clientId, before.caller());
    }

    /** One look-up by the token's hash: it takes as long for a client that does not exist as for a wrong token. */
    private Managed byRegistrationAccessToken(String clientId, String token) {
        var client = clients.findBy(TokenDigest.of(token)).orElseThrow(ManagementGate::noGood);
        if (!client.clientId().equals(clientId)) throw notFor(clientId);
        return new Managed(client, new Caller.ClientItself(), Optional.of(token));
    }

    private Managed byAccessToken(String clientId, Credentials credentials) {
        var holder = accessTokens.verify(credentials, config.accessTokens().managementScope());
        if (!holder.clientId().equals(clientId)) throw notFor(clientId);
        return managed(clientId, holder);
    }

    private Managed managed(String clientId, Caller caller) {
        return new Managed(clients.find(clientId).orElseThrow(ManagementGate::noGood), caller, Optional.empty());
    }

    private static RegistrationRefused noGood() {
        return new RegistrationRefused(InvalidToken.NO_GOOD);
    }

    /** RFC 7592 §2.1 to §2.3: 403 is for a client that exists; one that does not is 401, whoever asks. */
    private RegistrationRefused notFor(String clientId) {
        return clients.find(clientId).isEmpty()
                ? noGood()
                : new RegistrationRefused(new AccessDenied("the token is not for this client"));
    }
}
