package dev.dcr.endpoint;

import dev.dcr.config.HttpConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The certificate by which the caller authenticated its connection (RFC 8705): to this server, or to a trusted proxy that
 * passes it on in {@code oauth.mutualtls.client_certificate_header}. From anybody else that header is hearsay, and from
 * such a proxy the connection's own certificate is the proxy's.
 */
final class ClientCertificate {
    private static final Logger LOG = Logger.getLogger(ClientCertificate.class);
    private static final String OF_THE_CONNECTION = "jakarta.servlet.request.X509Certificate";
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";
    /** What proxies send for no certificate. */
    private static final Set<String> NONE = Set.of("", "-", "(null)");

    private ClientCertificate() {}

    static Optional<X509Certificate> of(HttpServletRequest request, HttpConfig config) {
        var header = config.clientCertificateHeader()
                .filter(name -> SourceAddress.isIn(config.trustedProxies(), request.getRemoteAddr()));
        if (header.isPresent()) return forwarded(Collections.list(request.getHeaders(header.get())));
        return request.getAttribute(OF_THE_CONNECTION) instanceof X509Certificate[] chain && chain.length > 0
                ? Optional.of(chain[0])
                : Optional.empty();
    }

    /** @param headers all of that name; of two, one would be the caller's own */
    static Optional<X509Certificate> forwarded(List<String> headers) {
        if (headers.isEmpty() || headers.stream().allMatch(header -> NONE.contains(header.strip())))
            return Optional.empty();
        var certificate = headers.size() == 1 ? parse(headers.get(0)) : Optional.<X509Certificate>empty();
        if (certificate.isEmpty()) LOG.warn("a trusted proxy forwarded a client certificate that cannot be read");
        return certificate;
    }

    /** PEM, its line breaks perhaps turned into blanks; the same URL-encoded; or DER in base64 (RFC 9440 §2.1 included). */
    private static Optional<X509Certificate> parse(String header) {
        try {
            // a plus is one of base64, unless the blanks of the PEM lines are plus signs as well
            var escaped = header.contains("BEGIN+CERTIFICATE") ? header : header.replace("+", "%2B");
            var decoded = URLDecoder.decode(escaped, StandardCharsets.US_ASCII);
            var der = Base64.getDecoder().decode(base64(decoded).replaceAll("\\s", ""));
            var certificates = CertificateFactory.getInstance("X.509");
            return Optional.of((X509Certificate) certificates.generateCertificate(new ByteArrayInputStream(der)));
        } catch (IllegalArgumentException | CertificateException malformed) {
            return Optional.empty();
        }
    }

    /** Of a chain the first certificate, which is the client's. */
    private static String base64(String text) {
        var begin = text.indexOf(BEGIN);
        var end = text.indexOf(END, begin + BEGIN.length()); // the two may share their hyphens
        if (begin >= 0 && end >= 0) return text.substring(begin + BEGIN.length(), end);
        return text.strip().replaceAll("^:|:$", "");
    }
}
