package dev.dcr.https;

import io.undertow.server.OpenListener;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.as.server.CurrentServiceContainer;
import org.jboss.msc.service.ServiceName;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/**
 * Ends connections whose TLS handshake takes too long. Undertow times the first request of a connection, but where HTTP/2
 * can be agreed on it begins only after the handshake, and waits for that one for ever: callers who connect and say nothing
 * could keep every connection that the server admits. WildFly has no setting for it.
 */
final class HandshakeDeadline implements ChannelListener<SslConnection> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ServiceName HTTPS = ServiceName.parse("org.wildfly.undertow.listener.https");
    private static final String NO_HANDSHAKE_YET = "SSL_NULL_WITH_NULL_NULL";

    private final ChannelListener<? super SslConnection> next;

    private HandshakeDeadline(ChannelListener<? super SslConnection> next) {
        this.next = next;
    }

    /**
     * Times the handshakes of all connections to come.
     *
     * @return what stops doing so
     * @throws ReflectiveOperationException if this WildFly's HTTPS listener is another than the one that is known here
     */
    static Runnable begin() throws ReflectiveOperationException {
        var service = CurrentServiceContainer.getServiceContainer().getService(HTTPS);
        if (service == null) throw new NoSuchFieldException("there is no HTTPS listener of the name https");
        var listener = service.getValue();
        var opened =
                (OpenListener) listener.getClass().getMethod("getOpenListener").invoke(listener);
        var server = listener.getClass().getDeclaredField("sslServer");
        server.setAccessible(true);
        var connections = acceptedBy(server.get(listener));
        connections.set(ChannelListeners.openListenerAdapter(new HandshakeDeadline(opened)));
        return () -> connections.set(ChannelListeners.openListenerAdapter(opened));
    }

    @SuppressWarnings("unchecked")
    private static ChannelListener.Setter<AcceptingChannel<SslConnection>> acceptedBy(Object server) {
        return (ChannelListener.Setter<AcceptingChannel<SslConnection>>)
                ((AcceptingChannel<SslConnection>) server).getAcceptSetter();
    }

    @Override
    public void handleEvent(SslConnection connection) {
        connection
                .getIoThread()
                .executeAfter(() -> endUnlessGreeted(connection), PATIENCE.toSeconds(), TimeUnit.SECONDS);
        next.handleEvent(connection);
    }

    private static void endUnlessGreeted(SslConnection connection) {
        if (connection.getSslSession().getCipherSuite().equals(NO_HANDSHAKE_YET)) IoUtils.safeClose(connection);
    }
}
