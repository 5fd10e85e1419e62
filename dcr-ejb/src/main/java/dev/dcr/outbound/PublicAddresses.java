package dev.dcr.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names to public addresses only. The connection is made to the very address that was checked, so a name that
 * resolves differently the next time gains nothing.
 */
final class PublicAddresses implements DnsResolver {
    private final DnsResolver names;

    /** @param names what resolves names, wherever they lead */
    PublicAddresses(DnsResolver names) {
        this.names = names;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var addresses = names.resolve(host);
        var usable = Arrays.stream(addresses).filter(PublicAddresses::isPublic).toArray(InetAddress[]::new);
        if (usable.length == 0) throw new AddressRefused("the address of this host is not public");
        return usable;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }

    /** Whether an address is one of the open internet (RFC 6890 and the registries it founded). */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) return false;
        var bytes = address.getAddress();
        return address instanceof Inet6Address
                ? isPublic6(bytes)
                : isPublic4(bytes[0] & 255, bytes[1] & 255, bytes[2] & 255);
    }

    private static boolean isPublic4(int a, int b, int c) {
        return switch (a) {
            case 0 -> false; // this network
            case 100 -> b < 64 || b > 127; // carrier-grade NAT
            case 192 ->
                !(b == 0 && (c == 0 || c == 2)) && !(b == 88 && c == 99); // protocols, documentation, 6to4 relay
            case 198 -> b != 18 && b != 19 && !(b == 51 && c == 100); // benchmarks, documentation
            case 203 -> !(b == 0 && c == 113); // documentation
            default -> a < 224; // above: multicast, reserved, broadcast
        };
    }

    /** Only the global unicast block 2000::/3, without the ranges that wrap or stand for other addresses. */
    private static boolean isPublic6(byte[] bytes) {
        if ((bytes[0] & 0xe0) != 0x20) return false;
        var first = (bytes[0] & 255) << 8 | bytes[1] & 255;
        var second = (bytes[2] & 255) << 8 | bytes[3] & 255;
        if (first == 0x2002) return false; // 6to4
        if (first == 0x2001 && second < 0x0200) return false; // Teredo, ORCHID and other protocol assignments
        if (first == 0x3fff && second < 0x1000) return false; // documentation (RFC 9637)
        return !(first == 0x2001 && second == 0x0db8); // documentation
    }
}
