package dev.dcr.access;

import java.net.URI;

/**
 * A DPoP proof as it arrived (RFC 9449 §4), with what it has to speak of.
 *
 * @param compact the one {@code DPoP} header
 * @param method  the HTTP method of the request
 * @param address where the request was sent, as the world sees this server
 */
public record DpopProof(String compact, String method, URI address) {}
