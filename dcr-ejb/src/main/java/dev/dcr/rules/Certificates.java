package dev.dcr.rules;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.dcr.metadata.Fault;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** RFC 7517 §4.7: "The key in the first certificate MUST match the public key represented by other members". */
final class Certificates {
    private Certificates() {}

    static Stream<Fault> faults(JWK key, JsonValue x5c) {
        if (!(x5c instanceof JsonArray chain) || chain.isEmpty()) return Stream.of(malformed());
        var certificates = chain.stream().map(Certificates::certificate).toList();
        if (certificates.stream().anyMatch(Optional::isEmpty)) return Stream.of(malformed());
        return Fault.when(
                !matches(key, certificates.get(0).orElseThrow().getPublicKey()),
                "x5c_mismatch",
                "must have the public key of the first certificate in its x5c");
    }

    private static Fault malformed() {
        return new Fault("bad_x5c", "must have X.509 certificates in its x5c, each in base64 DER");
    }

    private static Optional<X509Certificate> certificate(JsonValue base64) {
        if (!(base64 instanceof JsonString text)) return Optional.empty();
        try {
            var der = new ByteArrayInputStream(Base64.getDecoder().decode(text.getString()));
            return Optional.of(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(der));
        } catch (IllegalArgumentException | CertificateException malformed) {
            return Optional.empty();
        }
    }

    private static boolean matches(JWK key, PublicKey certified) {
        if (key instanceof OctetKeyPair pair) return endsWith(certified.getEncoded(), pair.getDecodedX());
        try {
            return Arrays.equals(((AsymmetricJWK) key).toPublicKey().getEncoded(), certified.getEncoded());
        } catch (JOSEException notOnThisPlatform) {
            return false;
        }
    }

    /** A SubjectPublicKeyInfo ends in the octets of the key (RFC 8410 §4). */
    private static boolean endsWith(byte[] info, byte[] octets) {
        return info.length > octets.length
                && Arrays.equals(info, info.length - octets.length, info.length, octets, 0, octets.length);
    }
}
