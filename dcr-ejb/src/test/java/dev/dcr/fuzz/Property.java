package dev.dcr.fuzz;

/** What must hold whatever the input is. */
public final class Property {
    private static final int LONGEST_SENTENCE = 1000;

    private Property() {}

    /** @param claim what does not hold otherwise */
    public static void holds(boolean held, String claim) {
        if (!held) throw new AssertionError("does not hold: " + claim);
    }

    /** Whether a text may be told to a caller: printable ASCII without quotes and backslashes (RFC 6749 §5.2), bounded. */
    public static void fitToTell(String text) {
        holds(
                text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e && c != '"' && c != '\\'),
                "told in printable ASCII: " + text);
        holds(text.length() <= LONGEST_SENTENCE, "told within " + LONGEST_SENTENCE + " characters");
    }
}
