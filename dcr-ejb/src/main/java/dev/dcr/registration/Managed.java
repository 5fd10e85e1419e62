package dev.dcr.registration;

import dev.dcr.access.Caller;
import java.util.Optional;

/**
 * A client and the caller who may manage it.
 *
 * @param token the registration access token presented, to be echoed; empty where access tokens manage clients
 */
record Managed(RegisteredClient client, Caller caller, Optional<String> token) {}
