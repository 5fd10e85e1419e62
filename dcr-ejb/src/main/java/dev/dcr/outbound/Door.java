package dev.dcr.outbound;

import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.io.CloseMode;

/**
 * One way out, wide enough for so many calls at one time. Whoever comes when it is full is sent away at once: to wait
 * takes a thread, and others need it.
 */
final class Door {
    private final CloseableHttpClient client;
    private final Places places;

    /** @param client has a connection for each of the places */
    Door(CloseableHttpClient client, Places places) {
        this.client = client;
        this.places = places;
    }

    /** @throws TooManyCalls if there is no place for a call to that host */
    Fetched call(HttpUriRequestBase request, HttpClientResponseHandler<Fetched> reader) throws IOException {
        if (request.getAuthority() == null) throw new IOException("the address names no host");
        var host = request.getAuthority().getHostName();
        if (!places.enter(host, Duration.ZERO)) throw new TooManyCalls();
        try {
            return client.execute(request, reader);
        } finally {
            places.leave(host);
        }
    }

    void close() {
        client.close(CloseMode.GRACEFUL);
    }
}
