package dev.dcr.it;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that only its own test trusts. */
final class TestAuthority {
    private static final X500Name NAME = new X500Name("CN=Test Authority");

    private final KeyPair keys = keyPair("EC", 256);
    private final X509CertificateHolder certificate = issue(NAME, keys.getPublic(), Extension.basicConstraints);

    /** The certificate to trust, in a file. */
    Path certificate() {
        return write(temporary(), certificate);
    }

    /** Writes a certificate of {@code localhost}, and its private key which nobody else may read. */
    void issueForLocalhost(Path certificateFile, Path keyFile) {
        issueForLocalhost(keyPair("EC", 256), certificateFile, keyFile);
    }

    /** The same for keys of any kind. */
    void issueForLocalhost(KeyPair pair, Path certificateFile, Path keyFile) {
        write(certificateFile, issue(new X500Name("CN=localhost"), pair.getPublic(), Extension.subjectAlternativeName));
        write(keyFile, pkcs8(pair.getPrivate()));
        try {
            Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The first certificate in a file. */
    static X509Certificate read(Path file) {
        try (var content = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (CertificateException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private X509CertificateHolder issue(
            X500Name subject, PublicKey key, org.bouncycastle.asn1.ASN1ObjectIdentifier extension) {
        var now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                NAME,
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                subject,
                key);
        try {
            builder.addExtension(
                    extension,
                    true,
                    extension.equals(Extension.basicConstraints)
                            ? new BasicConstraints(true)
                            : new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        } catch (IOException | OperatorCreationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static JcaPKCS8Generator pkcs8(PrivateKey key) {
        try {
            return new JcaPKCS8Generator(key, null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static KeyPair keyPair(String algorithm, int size) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempFile(Path.of("target"), "authority", ".pem").toAbsolutePath();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path write(Path file, Object pem) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(pem);
            writer.flush();
            return Files.writeString(file, text.toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
