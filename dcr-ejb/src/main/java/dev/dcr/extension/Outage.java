package dev.dcr.extension;

/** A service could not be reached, or did not answer in time. */
class Outage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Outage(String message, Throwable cause) {
        super(message, cause, true, false);
    }
}
