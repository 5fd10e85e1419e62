package dev.dcr.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerKeysTest {
    private static final Chain EC = Chain.of("EC", 256);
    private static final Chain OTHER = Chain.of("EC", 256);
    private static final String PASSWORD = "open sesame";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"RSA,2048", "EC,256", "EC,384", "EC,521", "Ed25519,0"})
    void takesKeysOfEveryKindInPkcs8(String algorithm, int size) throws Exception {
        var chain = Chain.of(algorithm, size);
        assertHolds(chain, pem(chain, pkcs8(chain)).read());
    }

    @ParameterizedTest
    @CsvSource({"RSA,2048", "EC,256", "EC,384", "EC,521"})
    void takesKeysInTheFormsBeforePkcs8(String algorithm, int size) throws Exception {
        var chain = Chain.of(algorithm, size);
        var key = Chain.pem(directory.resolve("key.pem"), chain.keys().getPrivate());
        assertThat(key).content().contains("-----BEGIN " + algorithm + " PRIVATE KEY-----");
        assertHolds(chain, pem(chain, key).read());
    }

    @Test
    void takesAnEncryptedKey() throws Exception {
        assertHolds(EC, new ServerKeys.Pem(certificates(EC), encrypted(), Optional.of(PASSWORD)).read());
    }

    @Test
    void refusesAnEncryptedKeyWithoutItsPassword() {
        var key = encrypted();
        assertRefused(
                new ServerKeys.Pem(certificates(EC), key, Optional.empty()), "key_file", "key_password is not set");
        assertRefused(
                new ServerKeys.Pem(certificates(EC), key, Optional.of("guess")), "key_file", "key_password is wrong");
    }

    @Test
    void takesKeyAndCertificatesFromOneFileAmidCommentary() throws Exception {
        var key = Files.readString(pkcs8(EC));
        var file = Files.writeString(
                directory.resolve("all.pem"),
                "Bag Attributes\n    friendlyName: server\n" + key + "\nsubject=CN = server\n"
                        + Files.readString(certificates(EC)));
        assertHolds(EC, new ServerKeys.Pem(file, file, Optional.empty()).read());
    }

    @Test
    void refusesTheKeyOfAnotherCertificate() {
        assertRefused(pem(EC, pkcs8(OTHER)), "key_file", "key.pem:1: this is not the certificate's key");
    }

    @Test
    void refusesAKeyOfAnotherKind() {
        assertRefused(pem(EC, pkcs8(Chain.of("RSA", 2048))), "key_file", "which is of EC");
    }

    @Test
    void refusesCertificatesOutOfOrder() throws IOException {
        var first = Files.readAllLines(Chain.pem(directory.resolve("first.pem"), EC.server()))
                .size();
        var file = Chain.pem(directory.resolve("server.pem"), EC.server(), OTHER.issuer());
        assertRefused(
                new ServerKeys.Pem(file, pkcs8(EC), Optional.empty()),
                "certificate_file",
                "server.pem:%d: this is not the issuer".formatted(first + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no PEM at all",
                "-----BEGIN CERTIFICATE-----\nMIIB",
                "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END PRIVATE KEY-----"
            })
    void refusesAnythingElseAndNamesTheFile(String content) throws IOException {
        var file = Files.writeString(directory.resolve("server.pem"), content);
        assertRefused(new ServerKeys.Pem(file, pkcs8(EC), Optional.empty()), "certificate_file", file.toString());
        assertRefused(pem(EC, file), "key_file", file.toString());
    }

    @Test
    void namesTheLineOfABrokenBlock() throws IOException {
        var good = Files.readAllLines(certificates(EC));
        var broken = Files.writeString(
                directory.resolve("broken.pem"),
                String.join("\n", good) + "\n-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n");
        assertRefused(
                new ServerKeys.Pem(broken, pkcs8(EC), Optional.empty()),
                "certificate_file",
                "broken.pem:" + (good.size() + 1) + ": what is in this block is no base64");
    }

    @Test
    void advisesOnKeysInTheOldEncryptedForm() throws IOException {
        var file = Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n"
                        + "-----END RSA PRIVATE KEY-----\n");
        assertRefused(pem(EC, file), "key_file", "openssl pkcs8 -topk8");
    }

    @Test
    void neverRepeatsAKeyInARefusal() throws IOException {
        var secret =
                Base64.getEncoder().encodeToString(OTHER.keys().getPrivate().getEncoded());
        var file = Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + secret + "!\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> pem(EC, file).read()).message().doesNotContain(secret.substring(0, 20));
    }

    @Test
    void takesAKeyStore() throws Exception {
        assertHolds(EC, new ServerKeys.Pkcs12Store(keyStore(true), PASSWORD).read());
    }

    @Test
    void refusesAKeyStoreThatItCannotUse() throws Exception {
        assertRefused(new ServerKeys.Pkcs12Store(keyStore(true), "guess"), "keystore", "not unlocked");
        assertRefused(new ServerKeys.Pkcs12Store(keyStore(false), PASSWORD), "keystore", "holds no private key");
        assertRefused(new ServerKeys.Pkcs12Store(certificates(EC), PASSWORD), "keystore", "no key store");
    }

    private static void assertHolds(Chain chain, KeyStore store) throws Exception {
        var alias = store.aliases().nextElement();
        assertThat(store.getKey(alias, ServerKeys.PASSWORD))
                .isEqualTo(chain.keys().getPrivate());
        assertThat(store.getCertificateChain(alias)).containsExactly(chain.server(), chain.issuer());
    }

    private static void assertRefused(ServerKeys keys, String key, String reason) {
        assertThatThrownBy(keys::read)
                .isInstanceOfSatisfying(
                        UnusableFile.class,
                        unusable -> assertThat(unusable.key()).isEqualTo(key))
                .hasMessageContaining(reason);
    }

    private ServerKeys pem(Chain chain, Path key) {
        return new ServerKeys.Pem(certificates(chain), key, Optional.empty());
    }

    private Path certificates(Chain chain) {
        return Chain.pem(directory.resolve("certificates.pem"), chain.server(), chain.issuer());
    }

    private Path pkcs8(Chain chain) {
        try {
            return Chain.pem(
                    directory.resolve("key.pem"),
                    new JcaPKCS8Generator(chain.keys().getPrivate(), null));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private Path encrypted() {
        try {
            var encryptor = new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                    .setProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider())
                    .setPRF(JcaPKCS8Generator.PRF_HMACSHA256)
                    .setPassword(PASSWORD.toCharArray())
                    .build();
            return Chain.pem(
                    directory.resolve("key.pem"),
                    new JcaPKCS8Generator(EC.keys().getPrivate(), encryptor));
        } catch (IOException | org.bouncycastle.operator.OperatorCreationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Path keyStore(boolean withKey) throws Exception {
        var store = Pkcs12.empty();
        if (withKey)
            store.setKeyEntry(
                    "key", EC.keys().getPrivate(), PASSWORD.toCharArray(), new Certificate[] {EC.server(), EC.issuer()
                    });
        else store.setCertificateEntry("certificate", EC.server());
        var file = directory.resolve("keys.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
