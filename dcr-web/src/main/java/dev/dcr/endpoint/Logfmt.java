package dev.dcr.endpoint;

import java.util.regex.Pattern;

/** One log line of {@code key=value} pairs. No value can end the line or pose as another pair. */
final class Logfmt {
    private static final int LONGEST = 256;
    private static final Pattern TOO_LONG = Pattern.compile("[^/]{36,}+");
    private static final String BARE = "-._~:/@%+,;";

    private final StringBuilder line = new StringBuilder(160);

    /** Adds a pair; the value is cut after 256 characters. */
    Logfmt with(String key, Object value) {
        if (!line.isEmpty()) line.append(' ');
        line.append(key).append('=');
        var text = String.valueOf(value);
        if (text.length() > LONGEST) text = text.substring(0, LONGEST) + "...";
        if (!text.isEmpty() && text.chars().allMatch(Logfmt::isBare)) line.append(text);
        else quote(text);
        return this;
    }

    /**
     * Adds a path, or what was found in one, without the segments that are too long for an identifier of ours: people put
     * tokens and secrets there, and those have 36 characters and more.
     */
    Logfmt withPath(String key, String path) {
        return with(key, TOO_LONG.matcher(path).replaceAll("..."));
    }

    private static boolean isBare(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || BARE.indexOf(c) >= 0;
    }

    private void quote(String text) {
        line.append('"');
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') line.append('\\').append((char) c);
            else if (c < 0x20 || c > 0x7e) line.append(String.format("\\u%04x", c));
            else line.append((char) c);
        });
        line.append('"');
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
