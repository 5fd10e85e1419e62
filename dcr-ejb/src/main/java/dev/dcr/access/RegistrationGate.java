package dev.dcr.access;

import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationRefused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Decides who may register at all (RFC 7591 §3, "initial access token"). */
@ApplicationScoped
public class RegistrationGate {
    @Inject
    AccessConfig config;

    @Inject
    InitialAccessTokens initialTokens;

    @Inject
    AccessTokenVerifier accessTokens;

    /**
     * @param bearer the token presented, if any
     * @throws RegistrationRefused if the configuration asks for a token and this is none that is good
     */
    public Caller admit(Optional<String> bearer) {
        if (config.registration() != AccessConfig.Registration.INITIAL_ACCESS_TOKEN) return new Caller.Anyone();
        var token = bearer.orElseThrow(() -> new RegistrationRefused(InvalidToken.MISSING));
        var digest = TokenDigest.of(token);
        var policy = initialTokens.policyOf(digest);
        if (policy.isPresent()) return new Caller.InitialTokenHolder(digest, policy.get());
        return accessTokens.verify(token, config.accessTokens().registrationScope());
    }
}
