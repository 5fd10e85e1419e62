package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;
import static dev.dcr.rules.Rule.when;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.Jose;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How a client proves itself at the token endpoint, and what else it must register for that. */
final class ClientAuthentication {
    /** RFC 8705 §2.1.2, in its order. */
    private static final List<String> TLS_SUBJECTS = List.of(
            "tls_client_auth_subject_dn",
            "tls_client_auth_san_dns",
            "tls_client_auth_san_uri",
            "tls_client_auth_san_ip",
            "tls_client_auth_san_email");

    private ClientAuthentication() {}

    static List<Rule> rules(Profile profile) {
        return List.of(
                onMetadata(ClientAuthentication::publicClients),
                onMetadata(ClientAuthentication::signingAlgorithm),
                onMetadata(ClientAuthentication::oneTlsSubject),
                // open banking clients name the subject of their transport certificate whatever their method
                profile.isOpenBanking()
                        ? request -> Stream.empty()
                        : onMetadata(ClientAuthentication::noOtherTlsSubject),
                onMetadata(client -> subject(
                        client,
                        "tls_client_auth_subject_dn",
                        DistinguishedName::isValid,
                        "a distinguished name in the form of RFC 4514, such as CN=client,O=Example,C=GB")),
                onMetadata(
                        client -> subject(client, "tls_client_auth_san_dns", CertificateNames::isDns, "a domain name")),
                onMetadata(client ->
                        subject(client, "tls_client_auth_san_uri", CertificateNames::isUri, "an absolute URI")),
                onMetadata(client ->
                        subject(client, "tls_client_auth_san_ip", CertificateNames::isIp, "an IPv4 or IPv6 address")),
                onMetadata(client ->
                        subject(client, "tls_client_auth_san_email", CertificateNames::isEmail, "an e-mail address")));
    }

    /** RFC 6749 §4.4 and CIBA §4: these grants are for clients that can keep a secret. */
    private static Stream<Violation> publicClients(ClientMetadata client) {
        var isPublic = client.authMethod().filter("none"::equals).isPresent();
        return Stream.of("client_credentials", CibaRules.GRANT)
                .filter(grant -> isPublic && client.grantTypes().contains(grant))
                .map(grant -> Violation.metadata(
                        "token_endpoint_auth_method",
                        "public_client",
                        "token_endpoint_auth_method must not be none: the grant type " + grant
                                + " needs client authentication"));
    }

    /** OIDC Registration §2: a private key signs with {@code private_key_jwt}, a secret with {@code client_secret_jwt}. */
    private static Stream<Violation> signingAlgorithm(ClientMetadata client) {
        var algorithm = client.string("token_endpoint_auth_signing_alg").orElse("");
        var method = client.authMethod().orElse("");
        var wrong = method.equals("private_key_jwt") && Jose.isMac(algorithm)
                || method.equals("client_secret_jwt") && Jose.isSignature(algorithm);
        return when(
                wrong,
                Violation.metadata(
                        "token_endpoint_auth_signing_alg",
                        "wrong_for_method",
                        "token_endpoint_auth_signing_alg " + Quoted.of(algorithm) + " cannot be used with " + method));
    }

    /** RFC 8705 §2.1.2: "A client using the tls_client_auth authentication method MUST use exactly one". */
    private static Stream<Violation> oneTlsSubject(ClientMetadata client) {
        var given = TLS_SUBJECTS.stream().filter(client::has).toList();
        var used = client.authMethod().filter("tls_client_auth"::equals).isPresent();
        if (!used || given.size() == 1) return Stream.empty();
        if (given.isEmpty()) {
            return Stream.of(Violation.metadata(
                    "tls_client_auth_subject_dn",
                    "required",
                    "tls_client_auth needs one of " + String.join(", ", TLS_SUBJECTS)));
        }
        return given.stream()
                .skip(1)
                .map(extra -> Violation.metadata(
                        extra,
                        "exclusive",
                        extra + " must not stand beside " + given.get(0) + ": tls_client_auth takes one of them"));
    }

    private static Stream<Violation> noOtherTlsSubject(ClientMetadata client) {
        var used = client.authMethod().filter("tls_client_auth"::equals).isPresent();
        return TLS_SUBJECTS.stream()
                .filter(subject -> !used && client.has(subject))
                .map(subject -> Violation.metadata(
                        subject,
                        "wrong_for_method",
                        subject + " is for token_endpoint_auth_method tls_client_auth only"));
    }

    private static Stream<Violation> subject(
            ClientMetadata client, String member, Predicate<String> valid, String wanted) {
        return client.string(member).filter(valid.negate()).stream()
                .map(value -> Violation.metadata(
                        member, "bad_format", member + " " + Quoted.of(value) + " must be " + wanted));
    }

    /** Methods that come with a client secret. */
    static boolean hasSecret(ClientMetadata client) {
        return client.authMethod()
                .filter(Set.of("client_secret_basic", "client_secret_post", "client_secret_jwt")::contains)
                .isPresent();
    }
}
