package dev.dcr.extension;

import dev.dcr.config.ConfigTable;
import dev.dcr.config.ValueType;
import dev.dcr.extension.ExtensionConfig.Security;
import java.net.URI;
import java.util.Optional;

/** The keys of {@code financial_services.extensions.endpoint.security}. */
record ExtensionSecurityKeys(
        ConfigTable table,
        Type type,
        String username,
        Optional<String> password,
        Optional<String> token,
        Optional<URI> tokenEndpoint,
        Optional<String> clientId,
        Optional<String> clientSecret,
        Optional<String> scope) {

    private enum Type {
        BASIC("Basic-Auth"),
        OAUTH2("OAuth2");

        private final String configured;

        Type(String configured) {
            this.configured = configured;
        }
    }

    /** How this server proves itself, as that table says. */
    static Security read(ConfigTable table) {
        var keys = new ExtensionSecurityKeys(
                table,
                table.value(
                        "type",
                        ValueType.choice(Type.values(), type -> type.configured),
                        Type.BASIC,
                        "How this server proves itself."),
                table.value("username", ValueType.TEXT, "", "Basic-Auth: user name; empty for no authentication."),
                table.secret("password", "Basic-Auth: password."),
                table.secret("token", "OAuth2: a token that never changes, or"),
                table.optional(
                        "token_endpoint", ValueType.URL, "OAuth2: where tokens are fetched by client credentials."),
                table.optional("client_id", ValueType.TEXT, "OAuth2: this server's name there."),
                table.secret("client_secret", "OAuth2: this server's secret there."),
                table.optional("scope", ValueType.TEXT, "OAuth2: scope asked for there."));
        return keys.type == Type.BASIC ? keys.basic() : keys.oauth2();
    }

    private Security basic() {
        return username.isEmpty() ? new Security.None() : new Security.Basic(username, password.orElse(""));
    }

    private Security oauth2() {
        if (token.isPresent() && tokenEndpoint.isPresent())
            table.refuse("token", "stands beside token_endpoint; keep one of them");
        return token.<Security>map(Security.FixedToken::new).orElseGet(this::clientCredentials);
    }

    private Security clientCredentials() {
        if (tokenEndpoint.isPresent() && clientId.isPresent() && clientSecret.isPresent())
            return new Security.ClientCredentials(tokenEndpoint.get(), clientId.get(), clientSecret.get(), scope);
        if (table.isSet("token_endpoint")) {
            table.refuseUnset("client_id", "is needed beside token_endpoint");
            table.refuseUnset("client_secret", "is needed beside token_endpoint");
        } else if (!table.isSet("token")) {
            table.refuse("type", "\"OAuth2\" needs token, or token_endpoint with client_id and client_secret");
        }
        return new Security.None();
    }
}
