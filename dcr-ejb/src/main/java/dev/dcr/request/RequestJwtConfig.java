package dev.dcr.request;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ValueType;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What a signed registration request must be like ({@code dcr.request_jwt}).
 *
 * @param required   whether a plain JSON request is refused
 * @param audience   accepted {@code aud}: the configured one, else {@code dcr.public_base_url}; with neither
 *                   the claim is not checked
 * @param algorithms accepted JWS algorithms, asymmetric ones only
 */
public record RequestJwtConfig(boolean required, Optional<String> audience, Set<String> algorithms) {

    /**
     * Reads {@code dcr.request_jwt}.
     *
     * @param publicBaseUrl this server's own address
     */
    public static RequestJwtConfig from(ConfigReader config, Optional<URI> publicBaseUrl) {
        var jwt = config.table("dcr.request_jwt");
        return new RequestJwtConfig(
                jwt.value("required", ValueType.FLAG, false, "Whether a plain JSON request is refused."),
                jwt.optional("audience", ValueType.TEXT, "Accepted `aud`; empty for `dcr.public_base_url`.")
                        .or(() -> publicBaseUrl.map(URI::toString)),
                jwt.algorithms("JWS algorithms accepted of signed requests."));
    }
}
