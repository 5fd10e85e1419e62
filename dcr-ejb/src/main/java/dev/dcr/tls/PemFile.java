package dev.dcr.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A file in PEM (RFC 7468): blocks of base64 between BEGIN and END. What stands between the blocks is commentary.
 *
 * @param key the key of {@code [dcr.tls]} that names the file
 */
record PemFile(String key, Path path, List<Block> blocks) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** @param line on which the block begins */
    record Block(String label, int line, byte[] content) {}

    static PemFile read(String key, Path path) throws UnusableFile {
        try {
            // any byte is a letter of this charset: a file in DER has no blocks, rather than bad letters
            var lines = Files.readAllLines(path, StandardCharsets.ISO_8859_1);
            return new PemFile(key, path, blocks(key, path, lines));
        } catch (IOException unreadable) {
            throw new UnusableFile(key, "cannot be read: " + unreadable, unreadable);
        }
    }

    private static List<Block> blocks(String key, Path path, List<String> lines) throws UnusableFile {
        var blocks = new ArrayList<Block>();
        for (var i = 0; i < lines.size(); i++) {
            var label = label(lines.get(i), BEGIN);
            if (label.isEmpty()) continue;
            var begin = i;
            var base64 = new StringBuilder();
            for (i++; i < lines.size() && label(lines.get(i), END).isEmpty(); i++)
                base64.append(lines.get(i).strip());
            if (i == lines.size() || !label(lines.get(i), END).equals(label))
                throw new UnusableFile(key, at(path, begin) + "this block does not end");
            blocks.add(new Block(label.get(), begin + 1, decode(key, at(path, begin), base64.toString())));
        }
        return List.copyOf(blocks);
    }

    private static Optional<String> label(String line, String start) {
        var text = line.strip();
        var found = text.startsWith(start) && text.endsWith(DASHES) && text.length() > start.length() + DASHES.length();
        return found ? Optional.of(text.substring(start.length(), text.length() - DASHES.length())) : Optional.empty();
    }

    private static byte[] decode(String key, String place, String base64) throws UnusableFile {
        if (base64.startsWith("Proc-Type:"))
            throw new UnusableFile(
                    key, place + "keys are not decrypted in this old form; \"openssl pkcs8 -topk8\" makes a new one");
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw new UnusableFile(key, place + "what is in this block is no base64", malformed);
        }
    }

    private static String at(Path path, int index) {
        return path + ":" + (index + 1) + ": ";
    }

    /** Something is wrong with a block, or with what it holds. */
    UnusableFile refused(Block block, String why, Throwable cause) {
        return new UnusableFile(key, at(path, block.line() - 1) + why, cause);
    }

    /** Something is wrong with the whole. */
    UnusableFile refused(String why) {
        return new UnusableFile(key, path + ": " + why);
    }

    /** All certificates in it, at least one. */
    List<X509Certificate> certificates() throws UnusableFile {
        var certificates = new ArrayList<X509Certificate>();
        for (var block : certificateBlocks()) {
            try (var der = new ByteArrayInputStream(block.content())) {
                certificates.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(der));
            } catch (CertificateException | IOException malformed) {
                throw refused(block, "this is no X.509 certificate", malformed);
            }
        }
        if (certificates.isEmpty()) throw refused("there is no certificate in PEM in it");
        return certificates;
    }

    private List<Block> certificateBlocks() {
        return blocks.stream()
                .filter(block ->
                        block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE"))
                .toList();
    }

    /** The certificate before its issuer's, and so on, as TLS sends them (RFC 8446 §4.4.2). */
    List<X509Certificate> chain() throws UnusableFile {
        var chain = certificates();
        for (var i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException another) {
                throw refused(
                        certificateBlocks().get(i),
                        "this is not the issuer of the certificate before it; the server's own comes first, then the"
                                + " issuer of each",
                        another);
            }
        }
        return chain;
    }
}
