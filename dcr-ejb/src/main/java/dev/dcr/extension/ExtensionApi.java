package dev.dcr.extension;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * The three operations of an extension service. A header that is {@code null} is not sent; the body is the JSON of
 * {@link ExtensionRequest}. Public because the Rest Client's proxies call it reflectively.
 */
@Path("")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface ExtensionApi extends AutoCloseable {

    /** A client is about to be registered. */
    @POST
    @Path("pre-process-client-creation")
    Response preProcessClientCreation(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam("X-Correlation-ID") String correlationId,
            byte[] request);

    /** A client's metadata is about to be replaced. */
    @POST
    @Path("pre-process-client-update")
    Response preProcessClientUpdate(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam("X-Correlation-ID") String correlationId,
            byte[] request);

    /** A client is about to be shown. */
    @POST
    @Path("pre-process-client-retrieval")
    Response preProcessClientRetrieval(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam("X-Correlation-ID") String correlationId,
            byte[] request);
}
