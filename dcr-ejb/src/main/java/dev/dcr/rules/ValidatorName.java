package dev.dcr.rules;

/** The accelerator's validators, by the name that its configuration gives them. */
public enum ValidatorName {
    REQUIRED_PARAMS("RequiredParamsValidator"),
    ISSUER("IssuerValidator"),
    REDIRECT_URI_FORMAT("RedirectUriFormatValidator"),
    REDIRECT_URI_MATCH("RedirectUriMatchValidator"),
    URI_HOSTNAME("UriHostnameValidator"),
    SSA_ISSUER("SSAIssuerValidator"),
    REQUEST_JTI("RequestJTIValidator"),
    SSA_JTI("SSAJTIValidator"),
    TOKEN_ENDPOINT_AUTH_SIGNING_ALG("TokenEndpointAuthSigningAlgValidator");

    private final String configured;

    ValidatorName(String configured) {
        this.configured = configured;
    }

    /** The name in {@code deployment.toml}. */
    public String configured() {
        return configured;
    }
}
