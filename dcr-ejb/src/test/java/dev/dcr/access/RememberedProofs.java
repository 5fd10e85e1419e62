package dev.dcr.access;

import dev.dcr.error.RegistrationError;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.replay.Jti;
import dev.dcr.replay.ReplayGuard;
import java.util.HashMap;
import java.util.Map;

/** Remembers identifiers as the database does, for one test. */
class RememberedProofs extends ReplayGuard {
    final Map<String, Jti> spent = new HashMap<>();

    @Override
    public void spendAtOnce(Jti jti, RegistrationError spentBefore) {
        if (spent.put(jti.issuer() + " " + jti.id(), jti) != null) throw new RegistrationRefused(spentBefore);
    }
}
