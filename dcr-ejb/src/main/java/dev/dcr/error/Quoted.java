package dev.dcr.error;

/**
 * Input of a caller made fit for an error description or a log line: RFC 7591 §3.2.2 allows ASCII without control
 * characters, quotes or backslashes there, and nobody needs more than a hundred characters of it.
 */
public final class Quoted {
    private static final int LONGEST = 100;

    private Quoted() {}

    /** The text between apostrophes, every other character than printable ASCII as {@code ?}, cut after 100 characters. */
    public static String of(String raw) {
        var end = Math.min(raw.length(), LONGEST - 3);
        var quoted = new StringBuilder(end + 5).append('\'');
        raw.substring(0, end).chars().map(Quoted::printable).forEach(c -> quoted.append((char) c));
        return quoted.append(end < raw.length() ? "..." : "").append('\'').toString();
    }

    private static int printable(int c) {
        return c < 0x20 || c > 0x7e || c == '"' || c == '\\' ? '?' : c;
    }
}
