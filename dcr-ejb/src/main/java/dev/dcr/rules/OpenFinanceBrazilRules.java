package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;
import static dev.dcr.rules.Rule.onStatement;
import static java.util.function.Predicate.not;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.DistinguishedName;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.statement.SoftwareStatement;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.List;
import java.util.stream.Stream;

/** What §7.1 of Open Finance Brasil's Dynamic Client Registration 1.0 asks beyond FAPI and what its preset can say. */
final class OpenFinanceBrazilRules {
    private static final List<String> SUBJECT_ALTERNATIVE_NAMES = List.of(
            "tls_client_auth_san_dns",
            "tls_client_auth_san_uri",
            "tls_client_auth_san_ip",
            "tls_client_auth_san_email");

    private OpenFinanceBrazilRules() {}

    static List<Rule> all() {
        return List.of(
                OpenFinanceBrazilRules::statementInTheRequest,
                OpenFinanceBrazilRules::redirectUrisInTheRequest,
                OpenFinanceBrazilRules::keysByValue,
                onStatement(OpenFinanceBrazilRules::keysOfTheStatement),
                onMetadata(OpenFinanceBrazilRules::keysByReference),
                onMetadata(OpenFinanceBrazilRules::alternativeNames),
                onMetadata(OpenFinanceBrazilRules::subject),
                onMetadata(OpenBankingRules::localRedirects));
    }

    /** §7.1-2 and §7.1-3: each request brings a fresh one, an update too. */
    private static Stream<Violation> statementInTheRequest(VerifiedRequest request) {
        return Breach.when(
                !(request.requested().get("software_statement") instanceof JsonString),
                "software_statement",
                "required",
                "is needed in each request: obtain one from the directory");
    }

    /** §7.1-6 has the server "require" them: those of the statement do not stand in. */
    private static Stream<Violation> redirectUrisInTheRequest(VerifiedRequest request) {
        var named = request.requested().get("redirect_uris") instanceof JsonArray uris && !uris.isEmpty();
        return Breach.when(
                !named,
                "redirect_uris",
                "required",
                "is needed in each request, with one or more of the software statement's redirect URIs");
    }

    /** §7.1-4, asked of the request itself: the statement's {@code jwks_uri} has put {@code jwks} out of the metadata. */
    private static Stream<Violation> keysByValue(VerifiedRequest request) {
        return Breach.when(
                request.requested().containsKey("jwks"),
                "jwks",
                "by_value",
                "must be left out: keys are named by reference, in jwks_uri");
    }

    /** §7.1-5: what would be registered is the address that the statement names. */
    private static Stream<Violation> keysOfTheStatement(VerifiedRequest request, SoftwareStatement statement) {
        var stated = request.metadata().jwksUri();
        return request.requested().get("jwks_uri") instanceof JsonString text
                        && stated.filter(text.getString()::equals).isEmpty()
                ? Stream.of(Breach.of(
                        "jwks_uri", text.getString(), "not_in_statement", "must be that of the software statement"))
                : Stream.empty();
    }

    private static Stream<Violation> keysByReference(ClientMetadata client) {
        return Breach.when(!client.has("jwks_uri"), "jwks_uri", "required", "is needed in open finance");
    }

    /** §7.1-12. */
    private static Stream<Violation> alternativeNames(ClientMetadata client) {
        return SUBJECT_ALTERNATIVE_NAMES.stream()
                .filter(client::has)
                .map(member -> Breach.of(member, "not_open_finance", "must give way to tls_client_auth_subject_dn"));
    }

    /** §7.1.2. */
    private static Stream<Violation> subject(ClientMetadata client) {
        return Breach.value(
                client,
                "tls_client_auth_subject_dn",
                not(DistinguishedName::isPortable),
                "not_open_finance",
                "must name the attribute types of RFC 4514 section 3 as there, and any other by its OID as in"
                        + " 2.5.4.15=#0c07, its value in hexadecimal");
    }
}
