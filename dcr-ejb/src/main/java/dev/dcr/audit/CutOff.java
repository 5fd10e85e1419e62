package dev.dcr.audit;

import jakarta.ejb.ApplicationException;

/** The chain is not continued: it does not hold what this node has seen in it. */
@ApplicationException(rollback = true)
class CutOff extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CutOff(Finding missed) {
        super("seal " + missed.seal().orElseThrow() + ' ' + missed.problem(), null, true, false);
    }
}
