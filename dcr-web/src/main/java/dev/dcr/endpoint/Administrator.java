package dev.dcr.endpoint;

import dev.dcr.access.AccessConfig;
import dev.dcr.access.TokenDigest;
import dev.dcr.audit.OperatorRequest;
import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationRefused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotFoundException;

/** The operator, who shows {@code dcr.admin.token}. */
@ApplicationScoped
class Administrator {
    @Inject
    AccessConfig config;

    /**
     * @throws NotFoundException if there is no such token: then nothing below {@code /admin} is there
     * @throws RegistrationRefused as {@code invalid_token} for anybody else
     */
    void require(HttpServletRequest request) {
        var expected = TokenDigest.of(config.adminToken().orElseThrow(NotFoundException::new));
        var presented = PresentedToken.of(request)
                .filter(token -> token.scheme() == PresentedToken.Scheme.BEARER)
                .map(token -> TokenDigest.of(token.value()));
        if (!presented.map(expected::matches).orElse(false)) throw new RegistrationRefused(InvalidToken.NO_GOOD);
    }

    /** The request as the audit trail tells of it. */
    static OperatorRequest request(HttpServletRequest request) {
        var origin = Exchange.of(request).origin();
        return new OperatorRequest(origin.correlationId(), origin.sourceAddress());
    }
}
