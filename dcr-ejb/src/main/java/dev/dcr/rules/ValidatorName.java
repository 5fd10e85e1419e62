package dev.dcr.rules;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Optional;

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

    /** The validator of that name, which may lack {@code Validator} at its end. */
    static Optional<ValidatorName> of(String name) {
        return Arrays.stream(values())
                .filter(validator ->
                        validator.configured.equals(name) || validator.configured.equals(name + "Validator"))
                .findFirst();
    }

    static String allConfigured() {
        return Arrays.stream(values()).map(ValidatorName::configured).collect(joining(", "));
    }
}
