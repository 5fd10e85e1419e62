package dev.dcr.extension;

/** A service answered what its contract does not allow. The message goes to the log. */
class ContractBreach extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContractBreach(String message) {
        super(message, null, true, false);
    }
}
