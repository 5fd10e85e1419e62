package dev.dcr.registration;

import dev.dcr.encryption.EncryptionKeys;
import dev.dcr.metadata.ClientMetadata;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Makes, seals and opens client secrets (RFC 7591 §3.2.1). */
@ApplicationScoped
class ClientSecrets {
    /** 216 bits make 36 URL-safe characters, the most that open banking allows. */
    private static final int SECRET_BYTES = 27;

    private static final Set<String> METHODS = Set.of("client_secret_basic", "client_secret_post", "client_secret_jwt");
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    RegistrationConfig config;

    @Inject
    EncryptionKeys keys;

    @Inject
    Clock clock;

    private SecretCipher cipher;

    @PostConstruct
    void loadKeys() {
        cipher = new SecretCipher(keys.all());
    }

    /** Whether a client with this metadata authenticates by a secret. */
    static boolean isNeededBy(ClientMetadata metadata) {
        return metadata.authMethod().filter(METHODS::contains).isPresent();
    }

    /** A new secret for a client. */
    SealedSecret issue(String clientId) {
        var bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new SealedSecret(
                cipher.seal(secret, clientId), config.secretLifetime().map(clock.instant()::plus));
    }

    /**
     * The same secret under the first key, if it is under another.
     *
     * @throws IllegalStateException if its key is not among those configured
     */
    Optional<String> underFirstKey(String sealed, String clientId) {
        if (cipher.isOfFirstKey(sealed)) return Optional.empty();
        return Optional.of(cipher.seal(cipher.open(sealed, clientId), clientId));
    }

    /** Whether the key of a sealed secret is among those configured. */
    boolean canOpen(String sealed) {
        return cipher.canOpen(sealed);
    }

    /** A client's secret in the clear, for its owner. */
    Registration.Secret open(SealedSecret sealed, String clientId) {
        return new Registration.Secret(cipher.open(sealed.sealed(), clientId), sealed.expiresAt());
    }
}
