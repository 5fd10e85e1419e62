package dev.dcr.access;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ConfigTable;
import dev.dcr.config.ValueType;
import java.net.URI;
import java.util.Optional;

/**
 * Who may register and who may manage.
 *
 * @param registration what registering takes ({@code dcr.registration.access})
 * @param mutualTls    whether registering takes a client certificate besides, and whose ({@code dcr.registration.mtls})
 * @param management   what reading, replacing and deleting a client takes ({@code dcr.management.access})
 * @param managementMutualTls whether it takes a client certificate besides ({@code dcr.management.mtls})
 * @param rotate       whether an update replaces the registration access token
 *                     ({@code dcr.management.rotate_registration_access_token})
 * @param accessTokens how an authorization server's tokens are checked ({@code dcr.access_token})
 * @param adminToken   the bearer token of the administrative endpoint; without it that endpoint is closed
 *                     ({@code dcr.admin.token})
 */
public record AccessConfig(
        Registration registration,
        MutualTls mutualTls,
        Management management,
        boolean managementMutualTls,
        boolean rotate,
        AccessTokens accessTokens,
        Optional<String> adminToken) {

    /** What registering takes. */
    public enum Registration {
        OPEN,
        INITIAL_ACCESS_TOKEN,
        SOFTWARE_STATEMENT
    }

    /** Whether registering takes a client certificate, and whose. */
    public enum MutualTls {
        /** It takes none. */
        OFF,
        /** Anybody's whom this server, or the proxy before it, trusts. */
        REQUIRED,
        /** That of a key in the set which the software statement names. */
        STATEMENT_KEYS,
        /** That of the organisation which the software statement names. */
        STATEMENT_ORGANIZATION,
        /** That of the software which the software statement names, and of its organisation. */
        STATEMENT_SOFTWARE;

        /** Whether it is the statement that says whose certificate is good. */
        public boolean isByStatement() {
            return this != OFF && this != REQUIRED;
        }
    }

    /** What managing a client takes. */
    public enum Management {
        REGISTRATION_ACCESS_TOKEN,
        ACCESS_TOKEN
    }

    /**
     * How tokens of the authorization server are checked: by key set (RFC 9068) or by introspection (RFC 7662).
     *
     * @param audience          the {@code aud} a token must name; empty accepts any
     * @param managementScope   the scope that managing needs; empty needs none
     * @param registrationScope the scope that registering needs; empty needs none
     */
    public record AccessTokens(
            Optional<String> issuer,
            Optional<URI> jwksUri,
            Optional<URI> introspectionEndpoint,
            Optional<String> clientId,
            Optional<String> clientSecret,
            Optional<String> audience,
            Optional<String> managementScope,
            Optional<String> registrationScope) {

        static AccessTokens from(ConfigTable tokens) {
            var settings = new AccessTokens(
                    tokens.optional("issuer", ValueType.TEXT, "`iss` of the authorization server's tokens."),
                    tokens.optional("jwks_uri", ValueType.URL, "Its keys, where tokens are JWTs (RFC 9068)."),
                    tokens.optional(
                            "introspection_endpoint", ValueType.URL, "Where it is asked about tokens (RFC 7662)."),
                    tokens.optional("client_id", ValueType.TEXT, "This server's name at that endpoint."),
                    tokens.secret("client_secret", "This server's secret there."),
                    tokens.optional("audience", ValueType.TEXT, "`aud` that a token must name; empty accepts any."),
                    tokens.optional(
                            "management_scope", ValueType.TEXT, "Scope that managing a client needs; empty for none."),
                    tokens.optional(
                            "registration_scope", ValueType.TEXT, "Scope that registering needs; empty for none."));
            if (settings.jwksUri().isPresent())
                tokens.refuseUnset("issuer", "is missing: no token is good unless it names whose keys jwks_uri has");
            return settings;
        }

        /** Whether there is a way to tell that a token is good. */
        public boolean canBeChecked() {
            return introspectionEndpoint.isPresent() || jwksUri.isPresent();
        }
    }

    /** Reads the keys named above. */
    public static AccessConfig from(ConfigReader config) {
        var registration = config.table("dcr.registration");
        var management = config.table("dcr.management");
        var access = new AccessConfig(
                registration.value(
                        "access",
                        ValueType.choice(Registration.values()),
                        usual(config),
                        "What registering takes; `software_statement` by default where `oauth.dcr.ssa_jkws` is set."),
                registration.value(
                        "mtls",
                        ValueType.choice(MutualTls.values()),
                        MutualTls.OFF,
                        "Whether registering takes a client certificate besides: anybody's, or that of a key, of the organisation"
                                + " or of the software that the software statement names."),
                management.value(
                        "access",
                        ValueType.choice(Management.values()),
                        Management.REGISTRATION_ACCESS_TOKEN,
                        "What reading, replacing and deleting a client takes."),
                management.value(
                                "mtls",
                                ValueType.choice(new MutualTls[] {MutualTls.OFF, MutualTls.REQUIRED}),
                                MutualTls.OFF,
                                "Whether that takes a client certificate besides, anybody's.")
                        == MutualTls.REQUIRED,
                management.value(
                        "rotate_registration_access_token",
                        ValueType.FLAG,
                        false,
                        "Whether an update replaces the registration access token."),
                AccessTokens.from(config.table("dcr.access_token")),
                config.table("dcr.admin")
                        .secret("token", "Bearer token of the administrative endpoint, which is closed without it."));
        if (access.management() == Management.ACCESS_TOKEN
                && !access.accessTokens().canBeChecked())
            management.refuse(
                    "access",
                    "\"access_token\" needs issuer and jwks_uri, or introspection_endpoint, in [dcr.access_token]");
        return access;
    }

    /** Deny by default. Who comes with an accelerator's file has clients that come with statements, and with no token. */
    private static Registration usual(ConfigReader config) {
        return config.table("oauth.dcr").isSet("ssa_jkws")
                ? Registration.SOFTWARE_STATEMENT
                : Registration.INITIAL_ACCESS_TOKEN;
    }
}
