package dev.dcr.https;

import dev.dcr.tls.ServerKeys;
import dev.dcr.tls.TlsConfig.ClientAuth;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The TLS of the server that this application runs in, by its management beans: the stores of Elytron that
 * {@code configure.cli} set up, and the managers that use them. Connections that are open do not notice.
 */
final class ServerTls {
    private static final String SERVER = "jboss.as:management-root=server";
    private static final String KEYS = "dcrKeys";
    private static final String TRUST = "dcrTrust";
    private static final FileAttribute<?> FOR_NOBODY_ELSE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    /** While the server starts, it admits no change of its stores. */
    boolean isStarting() {
        try {
            return "starting".equals(beans.getAttribute(new ObjectName(SERVER), "serverState"));
        } catch (JMException notYetThere) {
            return true;
        }
    }

    /** Whether handshakes ask for the client's certificate. */
    ClientAuth clientAuth() throws JMException {
        var context = name("server-ssl-context", "dcrTLS");
        if (Boolean.TRUE.equals(beans.getAttribute(context, "needClientAuth"))) return ClientAuth.NEED;
        return Boolean.TRUE.equals(beans.getAttribute(context, "wantClientAuth")) ? ClientAuth.WANT : ClientAuth.NONE;
    }

    /** Uses these keys in all handshakes from now on. */
    void present(KeyStore keys) throws JMException, IOException, GeneralSecurityException {
        load(KEYS, keys);
        invoke(name("key-manager", KEYS), "init");
    }

    /** Believes, in all handshakes from now on, certificates that the holders of these have issued. */
    void trust(KeyStore authorities) throws JMException, IOException, GeneralSecurityException {
        load(TRUST, authorities);
        invoke(name("trust-manager", TRUST), "init");
    }

    /** Makes a key and a self-signed certificate that live as long as the process, unless there are any. */
    void improvise() throws JMException {
        var store = name("key-store", KEYS);
        if (beans.getAttribute(store, "size") instanceof Integer size && size > 0) return;
        invoke(
                store,
                "generateKeyPair",
                Map.of(
                        "alias", "localhost",
                        "algorithm", "EC",
                        "keySize", 256,
                        "distinguishedName", "CN=localhost",
                        "validity", 365L));
        invoke(name("key-manager", KEYS), "init");
    }

    /** Elytron reads stores from files alone. */
    private void load(String store, KeyStore content) throws JMException, IOException, GeneralSecurityException {
        var directory = Files.createDirectories(Path.of(System.getProperty("jboss.server.temp.dir")));
        var file = directory.resolve(store + ".p12");
        Files.deleteIfExists(file);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.createFile(file, FOR_NOBODY_ELSE);
        try {
            try (var out = Files.newOutputStream(file)) {
                content.store(out, ServerKeys.PASSWORD);
            }
            invoke(name("key-store", store), "load");
        } finally {
            Files.delete(file);
        }
    }

    private void invoke(ObjectName bean, String operation) throws JMException {
        beans.invoke(bean, operation, null, null);
    }

    /** The order of parameters is the server's; those that are not named are left out. */
    private void invoke(ObjectName bean, String operation, Map<String, ?> arguments) throws JMException {
        var signature = Arrays.stream(beans.getMBeanInfo(bean).getOperations())
                .filter(candidate -> candidate.getName().equals(operation))
                .findFirst()
                .orElseThrow(() -> new JMException("%s has no operation %s".formatted(bean, operation)))
                .getSignature();
        beans.invoke(
                bean,
                operation,
                Arrays.stream(signature)
                        .map(parameter -> arguments.get(parameter.getName()))
                        .toArray(),
                Arrays.stream(signature).map(MBeanParameterInfo::getType).toArray(String[]::new));
    }

    private static ObjectName name(String type, String resource) throws JMException {
        return new ObjectName("jboss.as:subsystem=elytron,%s=%s".formatted(type, resource));
    }
}
