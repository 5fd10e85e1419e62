package dev.dcr.endpoint;

import dev.dcr.access.Credentials;
import dev.dcr.access.DpopProof;
import dev.dcr.config.HttpConfig;
import dev.dcr.error.RegistrationError.InvalidDpopProof;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.registration.Call;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Collections;

/** From a request's headers and connection to who asks, and on what condition. */
@ApplicationScoped
class CallReader {
    @Inject
    HttpConfig config;

    /** @throws RegistrationRefused if a header is malformed */
    Call read(HttpServletRequest request, UriInfo uri) {
        var token = PresentedToken.of(request);
        var proof = token.filter(presented -> presented.scheme() == PresentedToken.Scheme.DPOP)
                .map(presented -> proof(request, uri));
        var credentials =
                new Credentials(token.map(PresentedToken::value), proof, ClientCertificate.of(request, config));
        var exchange = Exchange.of(request);
        return new Call(credentials, EntityTag.ifMatch(request), exchange.origin(), exchange.toll());
    }

    /** RFC 9449 §4.3: "not more than one DPoP HTTP request header field". */
    private DpopProof proof(HttpServletRequest request, UriInfo uri) {
        var proofs = Collections.list(request.getHeaders("DPoP"));
        if (proofs.size() != 1)
            throw new RegistrationRefused(new InvalidDpopProof("the DPoP scheme takes one DPoP header"));
        var address =
                PublicAddress.of(config, uri.getBaseUri(), uri.getRequestUri().getRawPath());
        return new DpopProof(proofs.get(0).strip(), request.getMethod(), URI.create(address));
    }
}
