package dev.dcr.tls;

/** A file of keys or certificates that cannot serve. The message says why, goes on after the key's name, and holds no secret. */
public final class UnusableFile extends Exception {
    private static final long serialVersionUID = 1L;

    private final String key;

    UnusableFile(String key, String message) {
        super(message);
        this.key = key;
    }

    UnusableFile(String key, String message, Throwable cause) {
        super(message, cause);
        this.key = key;
    }

    /** The key of {@code [dcr.tls]} that names the file. */
    public String key() {
        return key;
    }
}
