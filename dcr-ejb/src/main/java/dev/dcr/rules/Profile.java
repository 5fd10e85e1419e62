package dev.dcr.rules;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The ecosystems whose rules this server knows ({@code dcr.profile}). */
public enum Profile {
    OAUTH("oauth"),
    OIDC("oidc"),
    FAPI("fapi"),
    OPEN_BANKING_UK("open-banking-uk");

    private final String configured;

    Profile(String configured) {
        this.configured = configured;
    }

    /** The name in {@code deployment.toml}. */
    public String configured() {
        return configured;
    }

    /** Members that have a default here beyond those of RFC 7591 §2. */
    Set<String> defaults() {
        return switch (this) {
            case OAUTH -> Set.of();
            case OIDC -> Set.of("application_type", "id_token_signed_response_alg");
            case FAPI, OPEN_BANKING_UK -> Set.of("application_type");
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
        return isOpenBanking() && member.equals("application_type") ? Set.of("mobile") : Set.of();
    }

    /** What this ecosystem asks of every registration. */
    List<Rule> rules(RuleConfig config) {
        return switch (this) {
            case OAUTH, OIDC -> List.of();
            case FAPI -> FapiRules.ofProfile();
            case OPEN_BANKING_UK ->
                Stream.concat(FapiRules.ofProfile().stream(), OpenBankingRules.of(config).stream())
                        .toList();
        };
    }

    /** Whether software statements rule this ecosystem and its clients are confidential web applications. */
    public boolean isOpenBanking() {
        return this == OPEN_BANKING_UK;
    }
}
