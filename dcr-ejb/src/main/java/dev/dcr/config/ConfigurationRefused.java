package dev.dcr.config;

import java.util.List;

/** The configuration holds mistakes; the server does not start. */
public class ConfigurationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems one line each: where the mistake stands, the key, and how to put it right; no secret in it */
    public ConfigurationRefused(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** The mistakes, one line each. */
    public List<String> problems() {
        return problems;
    }
}
