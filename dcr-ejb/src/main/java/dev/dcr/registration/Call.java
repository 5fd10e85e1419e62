package dev.dcr.registration;

import dev.dcr.access.Credentials;

/**
 * How a request came.
 *
 * @param credentials  what the caller shows to be let in
 * @param precondition on which versions of the client the request is to be carried out
 * @param origin       where it came from
 * @param toll         whom it is charged to
 */
public record Call(Credentials credentials, Precondition precondition, Origin origin, Toll toll) {}
