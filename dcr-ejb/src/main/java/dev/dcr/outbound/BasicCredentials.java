package dev.dcr.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;

/** The value of an {@code Authorization} header by which this server proves itself with a password. */
public final class BasicCredentials {
    private BasicCredentials() {}

    /** RFC 7617, in UTF-8. */
    public static String of(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /** RFC 6749 §2.3.1: a client's identifier and secret are form-encoded before they are joined. */
    public static String ofClient(String id, String secret) {
        return of(URLEncoder.encode(id, UTF_8), URLEncoder.encode(secret, UTF_8));
    }
}
