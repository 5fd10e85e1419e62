package dev.dcr.metrics;

import java.util.Optional;

/** What can be done to a registration, as metrics name it and its success. */
public enum Operation {
    CREATE("POST", "create", "created"),
    READ("GET", "read", "read"),
    UPDATE("PUT", "update", "updated"),
    DELETE("DELETE", "delete", "deleted"),
    /** To try what POST or PUT would do; a parameter asks for it, no method of its own. */
    DRY_RUN("", "dry_run", "passed");

    private final String method;
    private final String verb;
    private final String success;

    Operation(String method, String verb, String success) {
        this.method = method;
        this.verb = verb;
        this.success = success;
    }

    /** The operation that an HTTP method asks for; empty for a method that the endpoint does not know. */
    public static Optional<Operation> of(String method) {
        for (var operation : values()) if (operation.method.equals(method)) return Optional.of(operation);
        return Optional.empty();
    }

    /** The {@code operation} tag. */
    String verb() {
        return verb;
    }

    /** The {@code outcome} tag where nothing failed. */
    String success() {
        return success;
    }
}
