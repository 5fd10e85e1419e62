package dev.dcr.statement;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose software statements are believed.
 *
 * @param issuers   the directories ({@code dcr.software_statement.issuers}, or {@code oauth.dcr.ssa_jkws})
 * @param maxAge    greatest age since {@code iat}; empty for no limit ({@code dcr.software_statement.max_age})
 * @param reuse     whether one {@code software_id} may have several clients ({@code dcr.software_statement.reuse})
 * @param clockSkew how far the clocks of issuer and server may differ ({@code dcr.software_statement.clock_skew})
 * @param approved  issuers that {@code SSAIssuerValidator} lets register; empty lets all configured ones
 */
public record StatementConfig(
        List<Issuer> issuers, Optional<Duration> maxAge, Reuse reuse, Duration clockSkew, Set<String> approved) {

    /** Whether one {@code software_id} may have several living clients. */
    public enum Reuse {
        ALLOW,
        ONE_CLIENT
    }

    /**
     * One directory.
     *
     * @param iss          its {@code iss} claim; {@code *} stands for any, as the accelerator's {@code ssa_jkws} does
     * @param jwksUri      where its keys are published
     * @param jwksFile     a file that holds its keys, instead
     * @param algorithms   the JWS algorithms accepted from it, asymmetric ones only
     * @param allowedHosts the hosts that its statements may name for a client's own key set, beside public ones
     */
    public record Issuer(
            String iss,
            Optional<URI> jwksUri,
            Optional<Path> jwksFile,
            Set<String> algorithms,
            Set<String> allowedHosts) {}

    /** The directory that an {@code iss} claim names. */
    Optional<Issuer> issuer(String iss) {
        return issuers.stream()
                .filter(issuer -> issuer.iss().equals(iss))
                .findFirst()
                .or(() -> issuers.stream()
                        .filter(issuer -> issuer.iss().equals("*"))
                        .findFirst());
    }
}
