package dev.dcr.registration;

import dev.dcr.error.RegistrationRefused;

/**
 * What a request costs whoever it turns out to be from. Nobody is charged before it is certain that they ask: or others
 * could use up what is theirs.
 */
public interface Toll {
    /** The toll of a server that limits nothing. */
    Toll NONE = new Toll() {
        @Override
        public void chargeClient(String clientId) {}

        @Override
        public void chargeSoftware(String software) {}
    };

    /**
     * The caller has shown that it may manage this client.
     *
     * @throws RegistrationRefused if the client has had its share
     */
    void chargeClient(String clientId);

    /**
     * The caller registers in the name of this software, as a verified statement says, and no rule is against it.
     *
     * @param software see {@link dev.dcr.statement.SoftwareStatement#software()}
     * @throws RegistrationRefused if the software has had its share
     */
    void chargeSoftware(String software);
}
