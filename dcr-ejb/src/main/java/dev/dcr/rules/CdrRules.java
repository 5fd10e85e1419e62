package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;
import static dev.dcr.rules.Rule.onStatement;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.statement.SoftwareStatement;
import java.util.List;
import java.util.stream.Stream;

/** What Australia's Consumer Data Standards ask beyond FAPI and what their preset can say. */
final class CdrRules {
    private static final String DATA_RECIPIENT = "data-recipient-software-product";

    private CdrRules() {}

    static List<Rule> all() {
        return List.of(
                OpenBankingRules::statement,
                onStatement(CdrRules::identity),
                onStatement(CdrRules::role),
                onMetadata(CdrRules::encryptedIdToken),
                onMetadata(OpenBankingRules::localRedirects));
    }

    /** "SSA Definition": who the software and its brand are. */
    private static Stream<Violation> identity(VerifiedRequest request, SoftwareStatement statement) {
        return Stream.of("org_id", "software_id", "scope")
                .filter(claim ->
                        statement.string(claim).filter(text -> !text.isBlank()).isEmpty())
                .map(claim -> Breach.of("software_statement." + claim, "required", "is needed"));
    }

    /** "SSA Definition": the one role of software there is. */
    private static Stream<Violation> role(VerifiedRequest request, SoftwareStatement statement) {
        return Breach.when(
                !statement.activeRoles().contains(DATA_RECIPIENT),
                "software_statement.software_roles",
                "no_role",
                "must be " + DATA_RECIPIENT);
    }

    /** "Registration Request": an ID token that passes through the browser is encrypted. */
    private static Stream<Violation> encryptedIdToken(ClientMetadata client) {
        var frontChannel =
                client.responseTypes().stream().map(GrantTypes::words).anyMatch(words -> words.contains("id_token"));
        return Breach.when(
                frontChannel && !client.has("id_token_encrypted_response_alg"),
                "id_token_encrypted_response_alg",
                "required",
                "is needed with code id_token");
    }
}
