package dev.dcr.json;

import dev.dcr.fuzz.Property;

/** JSON from outside is refused in a word fit to tell, or is the same once printed and read again. */
public final class StrictJsonFuzz {
    private StrictJsonFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            var object = StrictJson.object(input);
            Property.holds(StrictJson.object(object.toString()).equals(object), "printed JSON reads the same");
        } catch (MalformedJson refused) {
            Property.fitToTell(refused.getMessage());
        }
    }
}
