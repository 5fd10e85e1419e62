package dev.dcr.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The private key in a PEM file: PKCS #8 (RFC 5208), encrypted or not, or what OpenSSL wrote before it, which is PKCS #1
 * for RSA and SEC 1 (RFC 5915) for elliptic curves.
 */
final class PemKey {
    private static final byte[] VERSION = {0x02, 0x01, 0x00};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;

    private PemKey() {}

    /** @param certified the public key of the certificate, whose other half is wanted */
    static PrivateKey in(PemFile file, Optional<String> password, PublicKey certified) throws UnusableFile {
        var found = file.blocks().stream()
                .filter(block -> block.label().endsWith("PRIVATE KEY"))
                .findFirst();
        if (found.isEmpty()) throw file.refused("there is no private key in PEM in it");
        var block = found.get();
        if (block.label().equals("ENCRYPTED PRIVATE KEY") && password.isEmpty())
            throw file.refused(block, "the key is encrypted, and key_password is not set", null);
        PrivateKey key;
        try {
            key = KeyFactory.getInstance(certified.getAlgorithm())
                    .generatePrivate(spec(block, password.orElse(""), certified));
        } catch (GeneralSecurityException | IOException | RuntimeException unusable) {
            throw file.refused(
                    block,
                    "this is no private key for the certificate, which is of %s; or key_password is wrong"
                            .formatted(certified.getAlgorithm()),
                    unusable);
        }
        if (!belongTogether(key, certified)) throw file.refused(block, "this is not the certificate's key", null);
        return key;
    }

    private static KeySpec spec(PemFile.Block block, String password, PublicKey certified)
            throws GeneralSecurityException, IOException {
        return switch (block.label()) {
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                new PKCS8EncodedKeySpec(der(SEQUENCE, VERSION, algorithm(certified), der(OCTETS, block.content())));
            case "ENCRYPTED PRIVATE KEY" -> decrypted(new EncryptedPrivateKeyInfo(block.content()), password);
            default -> new PKCS8EncodedKeySpec(block.content());
        };
    }

    private static KeySpec decrypted(EncryptedPrivateKeyInfo key, String password) throws GeneralSecurityException {
        // of PBES2 (RFC 8018 §6.2) only the parameters tell the whole name
        var scheme = key.getAlgName().equals("PBES2") ? key.getAlgParameters().toString() : key.getAlgName();
        var spec = new PBEKeySpec(password.toCharArray());
        try {
            var cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme).generateSecret(spec),
                    key.getAlgParameters());
            return key.getKeySpec(cipher);
        } finally {
            spec.clearPassword();
        }
    }

    /** PKCS #8 names the algorithm, and the curve, as the certificate does (RFC 5280 §4.1.2.7); the older forms need not. */
    private static byte[] algorithm(PublicKey certified) {
        var info = sequence(ByteBuffer.wrap(certified.getEncoded()));
        var start = info.position();
        sequence(info);
        var identifier = new byte[info.position() - start];
        info.get(start, identifier);
        return identifier;
    }

    /** The content of the sequence that begins here; the next element begins where it ends. */
    private static ByteBuffer sequence(ByteBuffer der) {
        if (der.get() != SEQUENCE) throw new IllegalArgumentException("a sequence was expected");
        var length = der.get() & 0xff;
        if (length == 0x81) length = der.get() & 0xff;
        else if (length == 0x82) length = der.getShort() & 0xffff;
        var content = der.slice(der.position(), length);
        der.position(der.position() + length);
        return content;
    }

    private static byte[] der(int tag, byte[]... contents) throws IOException {
        var content = new ByteArrayOutputStream();
        for (var part : contents) content.write(part);
        var der = new ByteArrayOutputStream();
        der.write(tag);
        if (content.size() < 0x80) {
            der.write(content.size());
        } else {
            der.write(0x82);
            der.write(content.size() >> 8);
            der.write(content.size());
        }
        der.write(content.toByteArray());
        return der.toByteArray();
    }

    /** What the one signs, the other verifies. */
    private static boolean belongTogether(PrivateKey key, PublicKey certified) {
        var algorithm = switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> certified.getAlgorithm();
        };
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(VERSION);
            var signed = signature.sign();
            signature.initVerify(certified);
            signature.update(VERSION);
            return signature.verify(signed);
        } catch (GeneralSecurityException unfit) {
            return false;
        }
    }
}
