package dev.dcr.config;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of addresses in CIDR notation.
 *
 * @param address any address of the range
 * @param prefix  how many leading bits all of them share
 */
public record Network(InetAddress address, int prefix) {

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
