package dev.dcr.audit;

import java.util.regex.Pattern;

/** A seal as it can be noted down elsewhere: whoever has it can tell later whether the trail still holds what it held. */
public record Anchor(long seal, String digest) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18}):([A-Za-z0-9_-]{43}|genesis)");

    /** @throws IllegalArgumentException if the text is no {@code NUMBER:DIGEST} */
    public static Anchor parse(String text) {
        var parts = WRITTEN.matcher(text);
        if (!parts.matches()) throw new IllegalArgumentException("an anchor is NUMBER:DIGEST, as the log has it");
        return new Anchor(Long.parseLong(parts.group(1)), parts.group(2));
    }

    @Override
    public String toString() {
        return seal + ":" + digest;
    }
}
