package dev.dcr.metadata;

import java.util.stream.Stream;

/**
 * Something wrong with one value, wherever it stands.
 *
 * @param code   a stable, machine-readable reason
 * @param demand what the value must be instead, to be read after its name
 */
public record Fault(String code, String demand) {

    /** The fault, if it was found. */
    public static Stream<Fault> when(boolean found, String code, String demand) {
        return found ? Stream.of(new Fault(code, demand)) : Stream.empty();
    }
}
