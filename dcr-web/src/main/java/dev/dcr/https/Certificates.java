package dev.dcr.https;

import dev.dcr.health.HttpsReady;
import dev.dcr.tls.TlsConfig;
import dev.dcr.tls.UnusableFile;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import org.jboss.logging.Logger;

/**
 * Gives the server its certificate when it has started, and each renewed one while it runs. The same in the bootable jar
 * and in a WildFly of the operator's own, which no launcher prepares. Until then no handshake succeeds.
 */
@WebListener
public class Certificates implements ServletContextListener {
    private static final Logger LOG = Logger.getLogger(Certificates.class);
    private static final Duration UNTIL_STARTED = Duration.ofMillis(50);
    private static final Duration UNTIL_NEXT_TRY = Duration.ofSeconds(10);

    @Inject
    TlsConfig config;

    @Inject
    HttpsReady ready;

    private final ServerTls server = new ServerTls();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Runnable untime = () -> {};

    @Override
    public void contextInitialized(ServletContextEvent started) {
        // the server's own executors turn tasks away while it starts
        var thread = new Thread(this::keep, "certificates");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void contextDestroyed(ServletContextEvent over) {
        ended.countDown();
        untime.run();
    }

    private void keep() {
        try {
            while (server.isStarting()) if (isOver(UNTIL_STARTED)) return;
            timeHandshakes();
            var renewal = new Renewal(config.files().toList());
            while (!begin()) if (isOver(UNTIL_NEXT_TRY)) return;
            ready.begin();
            if (config.files().findAny().isEmpty() || config.reloadInterval().isZero()) return;
            while (!isOver(config.reloadInterval())) if (renewal.isDue() && renew()) renewal.done();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void timeHandshakes() {
        try {
            untime = HandshakeDeadline.begin();
        } catch (ReflectiveOperationException | RuntimeException otherwise) {
            LOG.warnf("TLS handshakes are waited for without end: %s", otherwise);
        }
    }

    private boolean isOver(Duration patience) throws InterruptedException {
        return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean begin() {
        if (config.keys().isEmpty()) improvise();
        try {
            checkClientAuth();
            apply();
            return true;
        } catch (UnusableFile unusable) {
            LOG.errorf("No HTTPS: dcr.tls.%s: %s", unusable.key(), unusable.getMessage());
        } catch (JMException | IOException | GeneralSecurityException failure) {
            LOG.errorf(
                    failure, "No HTTPS: dcr.tls cannot be put into effect; was this server set up by configure.cli?");
        }
        return false;
    }

    private void improvise() {
        try {
            server.improvise();
        } catch (JMException otherwise) {
            LOG.infof("HTTPS is as this server is set up, without a certificate of ours: %s", otherwise.getMessage());
        }
    }

    /** That is fixed when the server starts, and only its launcher has read the file by then. */
    private void checkClientAuth() throws JMException {
        if (config.clientAuth().isEmpty()) return;
        var asked = config.clientAuth().get();
        if (server.clientAuth() != asked)
            throw new JMException(
                    "dcr.tls.client_auth is %s, but this server started with %s: set DCR_TLS_%s_CLIENT_AUTH"
                                    .formatted(
                                            asked,
                                            server.clientAuth(),
                                            asked == TlsConfig.ClientAuth.NONE ? "WANT" : asked)
                            + " in its environment");
    }

    /** @return whether that is settled; not if the server, rather than the files, was in the way */
    private boolean renew() {
        try {
            apply();
        } catch (UnusableFile unusable) {
            LOG.errorf("HTTPS goes on with what it had before: dcr.tls.%s: %s", unusable.key(), unusable.getMessage());
        } catch (JMException | IOException | GeneralSecurityException failure) {
            LOG.errorf(failure, "HTTPS goes on with what it had before");
            return false;
        }
        return true;
    }

    /** All is read before any of it is used. */
    private void apply() throws UnusableFile, JMException, IOException, GeneralSecurityException {
        var keys = config.keys().isPresent() ? config.keys().get().read() : null;
        var authorities =
                config.authorities().isPresent() ? config.authorities().get().read() : null;
        if (authorities != null) server.trust(authorities);
        if (keys != null) {
            server.present(keys);
            tell(keys);
        }
    }

    private static void tell(KeyStore keys) throws KeyStoreException {
        for (var alias : Collections.list(keys.aliases())) {
            if (!(keys.getCertificate(alias) instanceof X509Certificate certificate)) continue;
            var name = certificate.getSubjectX500Principal().getName();
            var until = certificate.getNotAfter().toInstant();
            if (until.isAfter(Instant.now())) LOG.infof("HTTPS by the certificate of %s, valid until %s", name, until);
            else LOG.errorf("HTTPS by the certificate of %s, which is not valid since %s", name, until);
        }
    }
}
