package dev.dcr.launcher;

/** The process cannot do what it was told; the message is for its user. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
