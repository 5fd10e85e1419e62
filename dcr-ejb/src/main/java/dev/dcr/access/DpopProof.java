package dev.dcr.access;

import java.net.URI;
import java.util.List;

/**
 * A DPoP proof as it arrived (RFC 9449 §4), with what it has to speak of.
 *
 * @param compact the one {@code DPoP} header
 * @param method  the HTTP method of the request
 * @param address where the request was sent, as the world sees this server
 */
public record DpopProof(String compact, String method, URI address) {

    /** The algorithms that a proof may be signed with, all of them asymmetric. */
    public static final List<String> ALGORITHMS =
            List.of("ES256", "PS256", "EdDSA", "ES384", "ES512", "PS384", "PS512", "RS256", "RS384", "RS512");
}
