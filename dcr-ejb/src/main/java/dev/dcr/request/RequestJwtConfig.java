package dev.dcr.request;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ValueType;
import java.util.Optional;
import java.util.Set;

/**
 * What a signed registration request must be like ({@code dcr.request_jwt}).
 *
 * @param required      whether a plain JSON request is refused
 * @param audience      the {@code aud} accepted; empty accepts this server's public address in any form, and any
 *                      audience where that is not configured either
 * @param algorithms    accepted JWS algorithms, asymmetric ones only
 * @param statementOnce whether a statement's {@code jti} is accepted once, as a request's is (the accelerator's
 *                      {@code SSAJTIValidator})
 */
public record RequestJwtConfig(
        boolean required, Optional<String> audience, Set<String> algorithms, boolean statementOnce) {

    /** Reads {@code dcr.request_jwt}. */
    public static RequestJwtConfig from(ConfigReader config, boolean statementOnce) {
        var jwt = config.table("dcr.request_jwt");
        return new RequestJwtConfig(
                jwt.value("required", ValueType.FLAG, false, "Whether a plain JSON request is refused."),
                jwt.optional("audience", ValueType.TEXT, "Accepted `aud`; empty for `dcr.public_base_url`."),
                jwt.algorithms("JWS algorithms accepted of signed requests."),
                statementOnce);
    }
}
