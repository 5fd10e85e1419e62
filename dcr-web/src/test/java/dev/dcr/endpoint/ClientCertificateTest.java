package dev.dcr.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificateTest {
    private static final String BASE64 = """
            MIIBgDCCASegAwIBAgIUcN0q2pzTUCInjuYeZfq2pSmivXkwCgYIKoZIzj0EAwIw
            FTETMBEGA1UEAwwKY2xpZW50IGFwcDAgFw0yNjExMjMwNzU4NDhaGA8yMTI2MTAz
            MDA3NTg0OFowFTETMBEGA1UEAwwKY2xpZW50IGFwcDBZMBMGByqGSM49AgEGCCqG
            SM49AwEHA0IABPhMqTZ3CylMuluY/JUQr1d7HMfOYpAV8t3UBlMJ6nqGxVSsHU5L
            QnwjFYjnN4/MoginfyodXWXSq171kspiTU2jUzBRMB0GA1UdDgQWBBQ3f4g+By4l
            og/JVo9VIVQmDbbhcDAfBgNVHSMEGDAWgBQ3f4g+By4log/JVo9VIVQmDbbhcDAP
            BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCICqK9PI34+0s4xf7mQ+q
            MmohOvXILsjnRePMTU5Op6WlAiBz1OJRokwridxk/nWB5N7Y+sJ1lp/dZlYL3IXe
            +xlbKQ==
            """;

    private static final String PEM = "-----BEGIN CERTIFICATE-----\n" + BASE64 + "-----END CERTIFICATE-----\n";

    static final String ONE_LINE = BASE64.replace("\n", "");

    static Stream<String> forms() {
        return Stream.of(
                PEM,
                PEM.replace('\n', ' '), // nginx $ssl_client_cert, HAProxy
                URLEncoder.encode(PEM, StandardCharsets.US_ASCII).replace("+", "%20"), // nginx $ssl_client_escaped_cert
                URLEncoder.encode(PEM, StandardCharsets.US_ASCII), // as a form
                PEM.replace("\n", "%0A").replace(" ", "%20"), // "+" left as it is
                PEM + PEM, // a chain
                ONE_LINE,
                ONE_LINE.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"),
                ":" + ONE_LINE + ":"); // RFC 9440 §2.1
    }

    @ParameterizedTest
    @MethodSource("forms")
    void readsACertificateInEachFormThatProxiesSend(String header) {
        assertThat(ClientCertificate.forwarded(List.of(header)))
                .map(X509Certificate::getSubjectX500Principal)
                .hasValueSatisfying(subject -> assertThat(subject).hasToString("CN=client app"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "(null)", "nonsense", "AAAA", "%", "%ZZ", "-----BEGIN CERTIFICATE-----"})
    void whatIsNoCertificateIsNone(String header) {
        assertThat(ClientCertificate.forwarded(List.of(header))).isEmpty();
    }

    @Test
    void ofTwoHeadersNoneIsBelieved() {
        assertThat(ClientCertificate.forwarded(List.of(ONE_LINE, ONE_LINE))).isEmpty();
        assertThat(ClientCertificate.forwarded(List.of())).isEmpty();
    }

    @Test
    void aTrustedProxyIsBelieved() {
        assertThat(certificateSeen("127.0.0.1", 32)).isPresent();
    }

    @Test
    void anybodyElseIsNot() {
        assertThat(certificateSeen("192.0.2.0", 24)).isEmpty();
    }

    private static Optional<X509Certificate> certificateSeen(String proxy, int prefix) {
        try (var server = new EndpointServer(Settings.certificateHeader(proxy, prefix, "x-client-cert"))) {
            server.get("/register/abc", "X-Client-Cert", ONE_LINE);
            return server.registrar.calls.get(0).call().credentials().certificate();
        }
    }
}
