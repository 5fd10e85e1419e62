package dev.dcr.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dcr.fuzz.Property;
import java.util.List;

/** What a trusted proxy forwards is a certificate or none; of two there is none. */
public final class CertificateFuzz {
    private CertificateFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (var charset : List.of(ISO_8859_1, UTF_8)) {
            var header = new String(input, charset);
            ClientCertificate.forwarded(List.of(header))
                    .ifPresent(
                            certificate -> certificate.getSubjectX500Principal().getEncoded());
            var two = List.of(header + "A", header);
            Property.holds(ClientCertificate.forwarded(two).isEmpty(), "of two certificates none is believed");
        }
    }
}
