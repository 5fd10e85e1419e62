package dev.dcr.extension;

import dev.dcr.outbound.TimelyNames;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.HttpClient;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.config.SocketConfig;
import org.apache.http.impl.client.HttpClientBuilder;
import org.jboss.resteasy.client.jaxrs.engines.ApacheHttpClient43Engine;

/**
 * The Rest Client's own engine, but that a call can be ended from outside, whatever it is doing: connecting, waiting for
 * a head that drips, or reading a body without end. Its connection is closed with it.
 */
@SuppressWarnings("deprecation") // RESTEasy offers no other with the blocking calls of its default
class AbortableEngine extends ApacheHttpClient43Engine {

    /**
     * @param connections    pooled connections
     * @param connectTimeout longest wait for a connection
     * @param readTimeout    longest silence
     */
    AbortableEngine(int connections, Duration connectTimeout, Duration readTimeout) {
        super(client(connections, connectTimeout, readTimeout), true);
        setFollowRedirects(false);
    }

    @Override
    protected HttpRequestBase createHttpMethod(String url, String method) {
        var request = super.createHttpMethod(url, method);
        CallUnderWay.sends(request);
        return request;
    }

    private static HttpClient client(int connections, Duration connectTimeout, Duration readTimeout) {
        var connectMillis = Math.toIntExact(connectTimeout.toMillis());
        var readMillis = Math.toIntExact(readTimeout.toMillis());
        return HttpClientBuilder.create()
                .setDnsResolver(new TimelyNames(connections, connectTimeout)::resolve)
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .evictExpiredConnections()
                .evictIdleConnections(60, TimeUnit.SECONDS)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(readMillis) // the TLS handshake's, too
                        .setTcpNoDelay(true)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(connectMillis)
                        .setSocketTimeout(readMillis)
                        .setConnectionRequestTimeout(connectMillis + readMillis)
                        .setRedirectsEnabled(false)
                        .build())
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }
}
