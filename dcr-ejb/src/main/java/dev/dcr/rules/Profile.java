package dev.dcr.rules;

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

    /** Whether software statements rule this ecosystem and its clients are confidential web applications. */
    public boolean isOpenBanking() {
        return this == OPEN_BANKING_UK;
    }
}
