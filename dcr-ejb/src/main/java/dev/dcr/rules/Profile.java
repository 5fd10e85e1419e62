package dev.dcr.rules;

import static dev.dcr.rules.Rule.onStatement;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The ecosystems whose rules this server knows ({@code dcr.profile}). */
public enum Profile {
    OAUTH("oauth"),
    OIDC("oidc"),
    FAPI("fapi"),
    OPEN_BANKING_UK("open-banking-uk"),
    OPEN_FINANCE_BRAZIL("open-finance-brazil"),
    CDR_AU("cdr-au");

    private final String configured;

    Profile(String configured) {
        this.configured = configured;
    }

    /** The name in {@code deployment.toml}. */
    public String configured() {
        return configured;
    }

    /** Members that have a default here beyond those of RFC 7591 §2, or another one than elsewhere. */
    Map<String, String> defaults() {
        return switch (this) {
            case OAUTH -> Map.of();
            case OIDC -> Map.of("application_type", "web", "id_token_signed_response_alg", "RS256");
            case FAPI, OPEN_BANKING_UK -> Map.of("application_type", "web");
            case OPEN_FINANCE_BRAZIL ->
                Map.of(
                        "application_type", "web",
                        "id_token_signed_response_alg", "PS256",
                        "id_token_encrypted_response_enc", "A256GCM",
                        "request_object_signing_alg", "PS256");
            case CDR_AU -> Map.of("application_type", "web", "request_object_signing_alg", "PS256");
        };
    }

    /** Whether {@code code id_token} does without the implicit grant, against the letter of OIDC Registration §2. */
    boolean allowsHybridWithoutImplicit() {
        return isFapi();
    }

    /** Whether the ecosystem builds on FAPI. */
    boolean isFapi() {
        return this == FAPI || isOpenBanking();
    }

    /** Values that a member may take here beyond those of the table of members. */
    Set<String> alsoAllowed(String member) {
        return this == OPEN_BANKING_UK && member.equals("application_type") ? Set.of("mobile") : Set.of();
    }

    /** What this ecosystem asks of every registration. */
    List<Rule> rules(RuleConfig config) {
        return switch (this) {
            case OAUTH, OIDC -> List.of();
            case FAPI -> FapiRules.ofProfile();
            case OPEN_BANKING_UK -> openBanking(OpenBankingRules.of(config));
            case OPEN_FINANCE_BRAZIL -> openBanking(OpenFinanceBrazilRules.all());
            case CDR_AU -> openBanking(CdrRules.all());
        };
    }

    private static List<Rule> openBanking(List<Rule> ofEcosystem) {
        return Stream.of(FapiRules.ofProfile(), List.of(onStatement(StatementRules::softwareId)), ofEcosystem)
                .flatMap(List::stream)
                .toList();
    }

    /** Whether software statements rule this ecosystem and its clients are confidential web applications. */
    public boolean isOpenBanking() {
        return this == OPEN_BANKING_UK || this == OPEN_FINANCE_BRAZIL || this == CDR_AU;
    }
}
