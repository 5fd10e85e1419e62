package dev.dcr.sandbox;

/** A path of the extension service. */
public enum Point {
    CREATION("pre-process-client-creation"),
    UPDATE("pre-process-client-update"),
    RETRIEVAL("pre-process-client-retrieval"),
    /** Where the server fetches the tokens for the other three (RFC 6749 §4.4). */
    TOKEN("token");

    private final String path;

    Point(String path) {
        this.path = path;
    }

    /** Where it is below the service's base URL, without a leading slash. */
    public String path() {
        return path;
    }
}
