package dev.dcr.extension;

import dev.dcr.outbound.BasicCredentials;
import java.util.Optional;

/** How this server proves itself to the extension service: the value of the {@code Authorization} header. */
interface Authorization {

    /**
     * The header to send; empty for none.
     *
     * @throws Outage         if a token is needed and its endpoint is out of reach
     * @throws ContractBreach if the token endpoint refuses
     */
    Optional<String> header();

    /** Another header to try after a 401; empty where trying again is of no use. */
    default Optional<String> insteadOf(String rejected) {
        return Optional.empty();
    }

    /** No proof. */
    static Authorization none() {
        return Optional::empty;
    }

    /** RFC 7617. */
    static Authorization basic(String user, String password) {
        return always(BasicCredentials.of(user, password));
    }

    /** RFC 6750 §2.1. */
    static Authorization bearer(String token) {
        return always("Bearer " + token);
    }

    private static Authorization always(String header) {
        var sent = Optional.of(header);
        return () -> sent;
    }
}
