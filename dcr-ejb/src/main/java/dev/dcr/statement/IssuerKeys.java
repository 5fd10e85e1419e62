package dev.dcr.statement;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.dcr.jose.KeySets;
import dev.dcr.statement.StatementConfig.Issuer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The keys that software statements are signed with, and those that the software itself signs with. */
@ApplicationScoped
public class IssuerKeys {
    private final Map<Path, JWKSource<SecurityContext>> pinned = new ConcurrentHashMap<>();

    @Inject
    KeySets published;

    @Inject
    StatementConfig config;

    /** For the container. */
    public IssuerKeys() {}

    /** Keys outside the container. */
    public IssuerKeys(KeySets published, StatementConfig config) {
        this.published = published;
        this.config = config;
    }

    /** The keys of a directory: published at its {@code jwks_uri}, or pinned in a file. */
    JWKSource<SecurityContext> of(Issuer issuer) {
        return issuer.jwksFile()
                .map(file -> pinned.computeIfAbsent(file, IssuerKeys::read))
                .orElseGet(() -> published.configured(issuer.jwksUri().orElseThrow()));
    }

    /** The keys of the software, which its statement names by reference or holds; empty if it does neither. */
    public Optional<JWKSource<SecurityContext>> of(SoftwareStatement statement) {
        var vouched =
                config.issuer(statement.issuer()).map(Issuer::allowedHosts).orElse(Set.of());
        var named = statement.jwksUri().map(address -> published.named(address, vouched));
        return named.isPresent() ? named : statement.jwks().map(ImmutableJWKSet::new);
    }

    private static JWKSource<SecurityContext> read(Path file) {
        try {
            return new ImmutableJWKSet<>(JWKSet.parse(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new IllegalStateException(file + " holds no JSON Web Key Set", e);
        }
    }
}
