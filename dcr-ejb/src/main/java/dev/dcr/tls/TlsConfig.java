package dev.dcr.tls;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ConfigTable;
import dev.dcr.config.ValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * HTTPS ({@code dcr.tls}).
 *
 * @param keys           of this server; without any it makes itself a certificate, which serves to try things out
 * @param authorities    who issues certificates of clients
 * @param clientAuth     whether a handshake asks for one; empty leaves that to the server's own configuration
 * @param reloadInterval how often the files are looked at; zero for never
 */
public record TlsConfig(
        Optional<ServerKeys> keys,
        Optional<ClientAuthorities> authorities,
        Optional<ClientAuth> clientAuth,
        Duration reloadInterval) {

    /** Whether a handshake asks for the client's certificate, and goes on without one. */
    public enum ClientAuth {
        NONE,
        WANT,
        NEED
    }

    private static final String CERTIFICATE = "certificate_file";
    private static final String KEY_STORE = "keystore";
    private static final String AUTHORITIES = "client_ca_file";
    private static final String TRUST_STORE = "truststore";

    /** Reads {@code dcr.tls}, and the files that it names. */
    public static TlsConfig from(ConfigReader config) {
        var tls = config.table("dcr.tls");
        var keys = keys(tls);
        var authorities = authorities(tls);
        var clientAuth = tls.optional(
                "client_auth",
                ValueType.choice(ClientAuth.values()),
                "Whether a handshake asks for the client's certificate, and whether it fails without one; `none` without"
                        + " this key.");
        var asks = clientAuth.filter(mode -> mode != ClientAuth.NONE).isPresent();
        if (asks && !tls.isSet(TRUST_STORE))
            tls.refuseUnset(AUTHORITIES, "is missing, or else truststore: client_auth asks for certificates");
        return new TlsConfig(
                keys,
                authorities,
                clientAuth,
                tls.value(
                        "reload_interval",
                        ValueType.seconds(0, 86_400),
                        Duration.ofSeconds(10),
                        "How often these files are looked at; what is new in them is used without a restart. 0 for never."));
    }

    private static Optional<ServerKeys> keys(ConfigTable tls) {
        var certificate = tls.optional(
                CERTIFICATE,
                ValueType.FILE,
                "The server's certificate in PEM, followed by those of its issuers but the last.");
        var key = tls.optional(
                "key_file",
                ValueType.FILE,
                "Its private key in PEM; without this key it is in `certificate_file` as well.");
        var keyPassword = tls.secret("key_password", "Password of that private key, where it is encrypted.");
        var store = tls.optional(KEY_STORE, ValueType.FILE, "Key and certificates in PKCS #12, instead.");
        var storePassword = tls.secret("keystore_password", "Password of that key store and of the keys in it.");
        refuseBoth(tls, CERTIFICATE, KEY_STORE);
        if (!tls.isSet(CERTIFICATE) && key.isPresent()) tls.refuse(CERTIFICATE, "is missing beside key_file");
        if (certificate.isPresent() && tls.isSet("key_file") && key.isEmpty()) return Optional.empty();
        var keys = certificate
                .<ServerKeys>map(file -> new ServerKeys.Pem(file, key.orElse(file), keyPassword))
                .or(() -> store.map(file -> new ServerKeys.Pkcs12Store(file, storePassword.orElse(""))));
        return keys.filter(given -> isUsable(tls, given::read));
    }

    private static Optional<ClientAuthorities> authorities(ConfigTable tls) {
        var certificates = tls.optional(
                AUTHORITIES, ValueType.FILE, "Certificates in PEM whose holders issue certificates of clients.");
        var store = tls.optional(TRUST_STORE, ValueType.FILE, "The same in PKCS #12, instead.");
        var password = tls.secret("truststore_password", "Password of that trust store.");
        refuseBoth(tls, AUTHORITIES, TRUST_STORE);
        var authorities = certificates
                .<ClientAuthorities>map(ClientAuthorities.Pem::new)
                .or(() -> store.map(file -> new ClientAuthorities.Pkcs12Store(file, password.orElse(""))));
        return authorities.filter(given -> isUsable(tls, given::read));
    }

    private static void refuseBoth(ConfigTable tls, String one, String other) {
        if (tls.isSet(one) && tls.isSet(other))
            tls.refuse(other, "stands beside dcr.tls.%s; keep one of them".formatted(one));
    }

    private static boolean isUsable(ConfigTable tls, Reading reading) {
        try {
            reading.read();
            return true;
        } catch (UnusableFile unusable) {
            tls.refuse(unusable.key(), unusable.getMessage());
            return false;
        }
    }

    private interface Reading {
        Object read() throws UnusableFile;
    }

    /** All files that a renewal replaces. */
    public Stream<Path> files() {
        return Stream.concat(
                keys.stream().flatMap(given -> given.files().stream()),
                authorities.stream().map(ClientAuthorities::file));
    }
}
