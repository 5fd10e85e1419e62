package dev.dcr.jose;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.KeySourceException;
import dev.dcr.fuzz.Property;
import dev.dcr.outbound.Fetched;
import dev.dcr.outbound.OutboundConfig;
import dev.dcr.outbound.OutboundHttp;
import java.net.URI;
import java.util.Base64;
import java.util.Set;

/** A published key set holds no key that signed nothing, whatever it is; else it cannot be had. */
public final class KeySetFuzz {
    private static final URI ADDRESS = URI.create("https://keys.example/jwks");
    private static final Jws UNSIGNED = Jws.parse(
            String.join(".", encoded("{\"alg\":\"ES256\",\"kid\":\"one\"}"), encoded("{}"), encoded("x".repeat(64))));

    private KeySetFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            var signed = UNSIGNED.isSignedBy(new KeySets(new Publisher(input)).configured(ADDRESS));
            Property.holds(!signed, "no key makes a signature out of nothing");
        } catch (KeySourceException unusable) {
            Property.holds(!KeySets.isRefusedAddress(unusable), "a bad document is no refused address");
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /** Has fetched this document already. */
    private static final class Publisher extends OutboundHttp {
        private final byte[] document;

        Publisher(byte[] document) {
            super(new OutboundConfig(Set.of(), 1));
            this.document = document;
        }

        @Override
        public Fetched getConfigured(URI address) {
            return new Fetched(200, "application/jwk-set+json", document);
        }
    }
}
