package dev.dcr.extension;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A token endpoint (RFC 6749 §3.2). Public because the Rest Client's proxies call it reflectively. */
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
public interface TokenApi extends AutoCloseable {

    /** Asks for a token with a form that is encoded already. */
    @POST
    Response token(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, byte[] form);
}
