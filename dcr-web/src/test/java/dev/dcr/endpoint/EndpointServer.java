package dev.dcr.endpoint;

import dev.dcr.access.AccessConfig;
import dev.dcr.config.HttpConfig;
import dev.dcr.config.RateLimitConfig;
import dev.dcr.health.Serving;
import dev.dcr.metrics.Answered;
import dev.dcr.metrics.SlowedDown;
import dev.dcr.metrics.TurnedAway;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.ws.rs.core.Application;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.resteasy.core.ResteasyDeploymentImpl;
import org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher;
import org.jboss.resteasy.spi.ResteasyDeployment;

/** The endpoint in WildFly's servlet container and JAX-RS, without WildFly, before a domain that keeps nothing. */
final class EndpointServer implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final FixedRegistrar registrar = new FixedRegistrar();
    final List<Answered> answered = new CopyOnWriteArrayList<>();
    final List<TurnedAway> turnedAway = new CopyOnWriteArrayList<>();
    final FixedInitialAccessTokens tokens = new FixedInitialAccessTokens();
    final FixedAudit audit = new FixedAudit();
    final FixedReEncryption reEncryption = new FixedReEncryption();
    final Serving serving = new Serving();
    final List<SlowedDown> slowedDown = new CopyOnWriteArrayList<>();
    private final AccessConfig access;
    private final RateLimitConfig limits;
    private final Undertow undertow;

    EndpointServer(HttpConfig config) {
        this(config, Settings.access(Optional.empty()));
    }

    EndpointServer(HttpConfig config, AccessConfig access) {
        this(config, access, Settings.NO_LIMIT);
    }

    EndpointServer(RateLimitConfig limits) {
        this(Settings.DEFAULTS, Settings.access(Optional.empty()), limits);
    }

    private EndpointServer(HttpConfig config, AccessConfig access, RateLimitConfig limits) {
        this.access = access;
        this.limits = limits;
        var log = new RequestLog();
        log.config = config;
        log.serving = serving;
        log.answered = answered::add;
        var deployment = Servlets.deployment()
                .setClassLoader(EndpointServer.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("dcr-web.war")
                .addServletContextAttribute(ResteasyDeployment.class.getName(), deployment(config))
                .addFilter(Servlets.filter("log", RequestLog.class, new ImmediateInstanceFactory<>(log)))
                .addInitialHandlerChainWrapper(next -> Intake.before(next, config, turnedAway::add))
                .addFilterUrlMapping("log", "/*", DispatcherType.REQUEST)
                .addServlet(new ServletInfo("jaxrs", HttpServlet30Dispatcher.class)
                        .addMapping("/*")
                        .setLoadOnStartup(1));
        var manager = Servlets.newContainer().addDeployment(deployment);
        manager.deploy();
        try {
            undertow = Undertow.builder()
                    .addHttpListener(0, "127.0.0.1", manager.start())
                    .build();
        } catch (ServletException failed) {
            throw new IllegalStateException(failed);
        }
        undertow.start();
    }

    private ResteasyDeployment deployment(HttpConfig config) {
        var deployment = new ResteasyDeploymentImpl();
        deployment.setApplication(new Application() {
            @Override
            @SuppressWarnings("deprecation") // the way to hand over objects that no container injects
            public Set<Object> getSingletons() {
                return components(config);
            }
        });
        return deployment;
    }

    private Set<Object> components(HttpConfig config) {
        var resource = new RegisterResource();
        resource.registrar = registrar;
        resource.reader = new RequestReader();
        resource.reader.config = config;
        resource.calls = new CallReader();
        resource.calls.config = config;
        resource.writer = new RegistrationWriter();
        resource.writer.config = config;
        var basePath = new BasePath();
        basePath.config = config;
        var cors = new Cors();
        cors.config = config;
        var rateLimit = new RateLimitFilter();
        rateLimit.config = limits;
        rateLimit.slowedDown = slowedDown::add;
        rateLimit.configure();
        var admin = new InitialAccessTokenResource();
        admin.administrator = new Administrator();
        admin.administrator.config = access;
        admin.tokens = tokens;
        admin.reader = resource.reader;
        var auditResource = new AuditResource();
        auditResource.administrator = admin.administrator;
        auditResource.export = audit.export;
        auditResource.verification = audit.verification;
        auditResource.reader = resource.reader;
        var secrets = new ReEncryptionResource();
        secrets.administrator = admin.administrator;
        secrets.reEncryption = reEncryption;
        return Set.of(
                resource,
                admin,
                auditResource,
                secrets,
                basePath,
                cors,
                rateLimit,
                new ReplyHeaders(),
                new RegistrationRefusedMapper(),
                new HttpRefusedMapper(),
                new UnexpectedFailureMapper());
    }

    /** Starts a request; {@code headers} are names and values in turn. */
    HttpRequest.Builder to(String path, String... headers) {
        var request = HttpRequest.newBuilder(address().resolve(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> post(String path, String type, String body) {
        return send(to(path, "Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(to(path, headers));
    }

    HttpResponse<String> delete(String path, String... headers) {
        return send(to(path, headers).DELETE());
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    InetSocketAddress socket() {
        return (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + socket().getPort() + '/');
    }

    @Override
    public void close() {
        undertow.stop();
    }
}
