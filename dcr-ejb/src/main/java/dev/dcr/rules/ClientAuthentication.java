package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;
import static java.util.function.Predicate.not;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.DistinguishedName;
import dev.dcr.metadata.Jose;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How a client proves itself at the token endpoint, and what else it must register for that. */
final class ClientAuthentication {
    private static final Set<String> WITH_SECRET =
            Set.of("client_secret_basic", "client_secret_post", "client_secret_jwt");

    /** RFC 8705 §2.1.2, in its order. */
    private static final List<String> TLS_SUBJECTS = List.of(
            "tls_client_auth_subject_dn",
            "tls_client_auth_san_dns",
            "tls_client_auth_san_uri",
            "tls_client_auth_san_ip",
            "tls_client_auth_san_email");

    private ClientAuthentication() {}

    static List<Rule> all() {
        return List.of(
                onMetadata(ClientAuthentication::publicClients),
                onMetadata(ClientAuthentication::signingAlgorithm),
                onMetadata(ClientAuthentication::oneTlsSubject),
                subject(
                        "tls_client_auth_subject_dn",
                        name -> DistinguishedName.parse(name).isPresent(),
                        "a name such as CN=client,O=Example,C=GB (RFC 4514)"),
                subject("tls_client_auth_san_dns", CertificateNames::isDns, "a domain name"),
                subject("tls_client_auth_san_uri", CertificateNames::isUri, "an absolute URI"),
                subject("tls_client_auth_san_ip", CertificateNames::isIp, "an IPv4 or IPv6 address"),
                subject("tls_client_auth_san_email", CertificateNames::isEmail, "an e-mail address"));
    }

    /** Whether the client authenticates by the method. */
    static boolean isBy(String method, ClientMetadata client) {
        return client.authMethod().filter(method::equals).isPresent();
    }

    /** Whether the client's method comes with a client secret. */
    static boolean hasSecret(ClientMetadata client) {
        return client.authMethod().filter(WITH_SECRET::contains).isPresent();
    }

    /** RFC 6749 §4.4 and CIBA §4: these grants are for clients that can keep a secret. */
    private static Stream<Violation> publicClients(ClientMetadata client) {
        return Stream.of("client_credentials", ClientMetadata.BACKCHANNEL_GRANT)
                .filter(grant -> isBy("none", client) && client.grantTypes().contains(grant))
                .map(grant -> Breach.of(
                        "token_endpoint_auth_method",
                        "public_client",
                        "must not be none: the grant type " + grant + " needs client authentication"));
    }

    /** OIDC Registration §2: a private key signs with {@code private_key_jwt}, a secret with {@code client_secret_jwt}. */
    private static Stream<Violation> signingAlgorithm(ClientMetadata client) {
        return Breach.value(
                client,
                "token_endpoint_auth_signing_alg",
                algorithm -> (isBy("private_key_jwt", client) && Jose.isMac(algorithm))
                        || (isBy("client_secret_jwt", client) && Jose.isSignature(algorithm)),
                "wrong_for_method",
                "cannot be used with " + client.authMethod().orElse(""));
    }

    /** RFC 8705 §2.1.2: "A client using the tls_client_auth authentication method MUST use exactly one". */
    private static Stream<Violation> oneTlsSubject(ClientMetadata client) {
        var given = TLS_SUBJECTS.stream().filter(client::has).toList();
        if (!isBy("tls_client_auth", client)) return Stream.empty();
        return Stream.concat(
                Breach.when(
                        given.isEmpty(),
                        "tls_client_auth_subject_dn",
                        "required",
                        "or one of the tls_client_auth_san_* members is needed for tls_client_auth"),
                given.stream()
                        .skip(1)
                        .map(extra -> Breach.of(extra, "exclusive", "must not stand beside " + given.get(0))));
    }

    private static Rule subject(String member, Predicate<String> valid, String wanted) {
        return onMetadata(client -> Breach.value(client, member, not(valid), "bad_format", "must be " + wanted));
    }
}
