package dev.dcr.access;

import dev.dcr.access.AccessConfig.MutualTls;
import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationRefused;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Optional;

/** Decides who may register at all (RFC 7591 §3, "initial access token"). */
@ApplicationScoped
public class RegistrationGate {
    @Inject
    AccessConfig config;

    @EJB
    InitialAccessTokens initialTokens;

    @Inject
    AccessTokenVerifier accessTokens;

    /**
     * @throws RegistrationRefused if the configuration asks for a token and this is none that is good, or for a
     *                             certificate and there is none
     */
    public Caller admit(Credentials credentials) {
        if (config.mutualTls() != MutualTls.OFF && credentials.certificate().isEmpty())
            throw new RegistrationRefused(InvalidToken.NO_CERTIFICATE);
        if (config.registration() != AccessConfig.Registration.INITIAL_ACCESS_TOKEN) return new Caller.Anyone();
        var digest =
                TokenDigest.of(credentials.token().orElseThrow(() -> new RegistrationRefused(InvalidToken.MISSING)));
        // an initial access token is a bearer token: it comes without proof
        var policy = credentials.proof().isPresent() ? Optional.<JsonObject>empty() : initialTokens.policyOf(digest);
        if (policy.isPresent()) return new Caller.InitialTokenHolder(digest, policy.get());
        return accessTokens.verify(credentials, config.accessTokens().registrationScope());
    }
}
