package dev.dcr.outbound;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The way out to everything but the extension service. Three doors: to addresses that the operator configured, which may
 * be anywhere; to that of the authorization server that is asked about tokens; and to addresses that an outsider named,
 * which must be public or listed. Each has places of its own, so that neither an outsider's slow server nor a slow
 * authorization server keeps the keys of a directory from being fetched; and where there are many hosts behind a door, none
 * takes more than half of them. Whichever it is, no redirect is followed and size and time are bounded.
 */
@ApplicationScoped
public class OutboundHttp {
    private static final Timeout CONNECT = Timeout.ofSeconds(3);
    private static final Timeout READ = Timeout.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int LARGEST = 512 * 1024;

    private static final int LONGEST_LINE = 8192;
    private static final int MOST_HEADERS = 100;

    @Inject
    OutboundConfig config;

    private final Duration longest;
    private Door anywhere;
    private Door toAsk;
    private Door publicOnly;

    /** For the container. */
    public OutboundHttp() {
        longest = LONGEST;
    }

    /** An outbound client outside the container. */
    public OutboundHttp(OutboundConfig config) {
        this(config, LONGEST);
    }

    /** @param longest time that a reply may take from head to end */
    OutboundHttp(OutboundConfig config, Duration longest) {
        this.config = config;
        this.longest = longest;
        open();
    }

    @PostConstruct
    void open() {
        var calls = config.maxConcurrentCalls();
        anywhere = new Door(client(false, calls), Places.ofManyHosts(calls));
        toAsk = new Door(client(false, calls), Places.ofOneHost(calls));
        publicOnly = new Door(client(true, calls), Places.ofManyHosts(calls));
    }

    @PreDestroy
    void close() {
        anywhere.close();
        toAsk.close();
        publicOnly.close();
    }

    /** How many calls there may be at one time, by each door. */
    public int maxConcurrentCalls() {
        return config.maxConcurrentCalls();
    }

    /**
     * Fetches what the operator's configuration names.
     *
     * @throws TooManyCalls if so many are under way already
     */
    public Fetched getConfigured(URI address) throws IOException {
        return run(anywhere, new HttpGet(address));
    }

    /**
     * Posts a form to an address that the operator's configuration names, as a client with a password.
     *
     * @throws TooManyCalls if so many are under way already
     */
    public Fetched postConfigured(URI address, String form, Map<String, String> headers) throws IOException {
        var post = new HttpPost(address);
        headers.forEach(post::setHeader);
        post.setEntity(new StringEntity(form, ContentType.APPLICATION_FORM_URLENCODED));
        return run(toAsk, post);
    }

    /**
     * Fetches what an outsider named.
     *
     * @param vouched hosts that somebody trusted vouches for, beside those of {@link OutboundConfig}
     * @throws AddressRefused if the address is neither public nor listed, or not https
     * @throws TooManyCalls   if so many are under way already
     */
    public Fetched getNamed(URI address, Set<String> vouched) throws IOException {
        var listed = isListed(address, vouched);
        if (!listed && !"https".equalsIgnoreCase(address.getScheme())) {
            throw new AddressRefused("only https addresses are fetched");
        }
        return run(listed ? anywhere : publicOnly, new HttpGet(address));
    }

    private boolean isListed(URI address, Set<String> vouched) {
        var host = address.getHost();
        if (host == null) return false;
        var withPort = host + ":" + address.getPort();
        return vouched.contains(host)
                || vouched.contains(withPort)
                || config.allowedHosts().contains(host)
                || config.allowedHosts().contains(withPort);
    }

    private Fetched run(Door door, HttpUriRequestBase request) throws IOException {
        request.setHeader("Accept", "application/json, application/jwk-set+json;q=0.9, */*;q=0.1");
        try (var deadline = Deadline.after(longest, request::cancel)) {
            return door.call(request, response -> read(request, response));
        }
    }

    private static Fetched read(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        if (entity == null) return new Fetched(response.getCode(), "", new byte[0]);
        var body = entity.getContent().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            request.cancel(); // to close a response reads it to its end, however far that is
            throw new IOException("body is larger than " + LARGEST + " bytes");
        }
        var type = entity.getContentType();
        return new Fetched(response.getCode(), type == null ? "" : type, body);
    }

    private static CloseableHttpClient client(boolean guarded, int connections) {
        var pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(READ)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(1))
                        .build());
        pool.setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                .http1Config(Http1Config.custom()
                        .setMaxLineLength(LONGEST_LINE)
                        .setMaxHeaderCount(MOST_HEADERS)
                        .build())
                .build());
        var names = new TimelyNames(connections, CONNECT.toDuration());
        pool.setDnsResolver(guarded ? new PublicAddresses(names) : names);
        return HttpClients.custom()
                .setConnectionManager(pool.build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECT)
                        .setResponseTimeout(READ)
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .setUserAgent("dcr")
                .build();
    }
}
