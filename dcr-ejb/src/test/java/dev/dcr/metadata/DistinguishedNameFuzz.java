package dev.dcr.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dcr.fuzz.Property;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Names as text, names of certificates, and octets that are neither. */
public final class DistinguishedNameFuzz {
    private DistinguishedNameFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var text = new String(input, UTF_8);
        var name = DistinguishedName.parse(text);
        DistinguishedName.isPortable(text);
        Property.holds(DistinguishedName.parse(text).equals(name), "the same text is the same name");
        name.ifPresent(DistinguishedNameFuzz::check);
        principal(input).flatMap(DistinguishedName::of).ifPresent(DistinguishedNameFuzz::check);
        Der.parse(input).ifPresent(DistinguishedNameFuzz::walk);
    }

    private static void check(DistinguishedName name) {
        Property.holds(
                name.values("2.5.4.3").toList().equals(name.values("CN").toList()), "a type has the values of its OID");
    }

    private static void walk(Der der) {
        der.text();
        der.oid();
        der.toHex();
        der.elements().forEach(DistinguishedNameFuzz::walk);
    }

    private static Optional<X500Principal> principal(byte[] der) {
        try {
            return Optional.of(new X500Principal(der));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }
}
