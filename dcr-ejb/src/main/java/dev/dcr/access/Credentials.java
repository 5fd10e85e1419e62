package dev.dcr.access;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What a caller shows to be let in.
 *
 * @param token       the token of the {@code Authorization} header: a registration access token, an initial access token
 *                    or an access token
 * @param proof       the proof that came with it, where the header's scheme is {@code DPoP} (RFC 9449 §7.1)
 * @param certificate the certificate of the connection, whose private key the caller has proved to hold (RFC 8705)
 */
public record Credentials(Optional<String> token, Optional<DpopProof> proof, Optional<X509Certificate> certificate) {

    /** A bearer token and nothing else. */
    public static Credentials bearer(Optional<String> token) {
        return new Credentials(token, Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
        return "Credentials[...]";
    }
}
