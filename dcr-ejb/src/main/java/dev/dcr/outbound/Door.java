package dev.dcr.outbound;

import java.io.IOException;
import java.util.concurrent.Semaphore;
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
    private final Semaphore places;

    /** @param client has a connection for each of the calls */
    Door(CloseableHttpClient client, int calls) {
        this.client = client;
        places = new Semaphore(calls);
    }

    /** @throws TooManyCalls if it is full */
    Fetched call(HttpUriRequestBase request, HttpClientResponseHandler<Fetched> reader) throws IOException {
        if (!places.tryAcquire()) throw new TooManyCalls();
        try {
            return client.execute(request, reader);
        } finally {
            places.release();
        }
    }

    void close() {
        client.close(CloseMode.GRACEFUL);
    }
}
