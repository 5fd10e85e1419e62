package dev.dcr.config;

import dev.dcr.error.Quoted;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A range of addresses in CIDR notation.
 *
 * @param address any address of the range
 * @param prefix  how many leading bits all of them share
 */
public record Network(InetAddress address, int prefix) {
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
     *
     * @throws IllegalArgumentException if the text is nothing of that kind; names of hosts are not looked up
     */
    public static Network parse(String text) {
        var parts = text.split("/", 2);
        var numeric = parts[0].indexOf(':') >= 0 || IPV4.matcher(parts[0]).matches();
        try {
            if (numeric) {
                var address = InetAddress.getByName(parts[0]);
                var bits = address.getAddress().length * 8;
                var prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
                if (prefix >= 0 && prefix <= bits) return new Network(address, prefix);
            }
        } catch (UnknownHostException | NumberFormatException malformed) {
            throw notARange(text, malformed);
        }
        throw notARange(text, null);
    }

    private static IllegalArgumentException notARange(String text, Exception cause) {
        return new IllegalArgumentException(
                "must be a range of addresses such as 10.0.0.0/8, not " + Quoted.of(text), cause);
    }

    /** Whether the address lies in the range. An IPv4 address never lies in an IPv6 range. */
    public boolean contains(InetAddress candidate) {
        var ours = address.getAddress();
        var theirs = candidate.getAddress();
        if (ours.length != theirs.length) return false;
        var whole = prefix / 8;
        if (!Arrays.equals(ours, 0, whole, theirs, 0, whole)) return false;
        var rest = prefix % 8;
        return rest == 0 || (ours[whole] ^ theirs[whole]) >> (8 - rest) == 0;
    }
}
