package dev.dcr.endpoint;

import dev.dcr.registration.Registrar;
import dev.dcr.registration.Registration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;

/** The client registration endpoint (RFC 7591 §3) and, one for each client, the configuration endpoints (RFC 7592 §2). */
@Path("register")
@ApplicationScoped
public class RegisterResource {
    /** Whatever follows {@code /register/} names a client; one that does not exist is 401, never 404. */
    private static final String CLIENT = "{client_id: .+}";

    @Inject
    Registrar registrar;

    @Inject
    RequestReader reader;

    @Inject
    RegistrationWriter writer;

    @Context
    HttpServletRequest request;

    @Context
    UriInfo uri;

    /** Registers a client (RFC 7591 §3.1). */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response create() {
        Accept.requireJson(request);
        var created = registrar.create(
                reader.read(request), BearerToken.of(request), exchange().origin());
        exchange().concerns(created.clientId());
        return reply(Status.CREATED, created);
    }

    /** Reads a client (RFC 7592 §2.1). */
    @GET
    @Path(CLIENT)
    @Produces(MediaType.APPLICATION_JSON)
    public Response read(@PathParam("client_id") String clientId) {
        exchange().concerns(clientId);
        Accept.requireJson(request);
        return reply(Status.OK, registrar.read(clientId, BearerToken.of(request)));
    }

    /** Replaces a client's metadata (RFC 7592 §2.2). */
    @PUT
    @Path(CLIENT)
    @Produces(MediaType.APPLICATION_JSON)
    public Response replace(@PathParam("client_id") String clientId) {
        exchange().concerns(clientId);
        Accept.requireJson(request);
        var replaced = registrar.replace(
                clientId,
                reader.read(request),
                BearerToken.of(request),
                exchange().origin());
        return reply(Status.OK, replaced);
    }

    /** Deletes a client (RFC 7592 §2.3). */
    @DELETE
    @Path(CLIENT)
    public Response delete(@PathParam("client_id") String clientId) {
        exchange().concerns(clientId);
        registrar.delete(clientId, BearerToken.of(request), exchange().origin());
        return Response.noContent().build();
    }

    /** Tells the methods of the registration endpoint. */
    @OPTIONS
    public Response options() {
        return Response.noContent().allow("POST", "OPTIONS").build();
    }

    /** Tells the methods of a client configuration endpoint. */
    @OPTIONS
    @Path(CLIENT)
    public Response clientOptions() {
        return Response.noContent().allow("GET", "PUT", "DELETE", "OPTIONS").build();
    }

    private Response reply(Status status, Registration registration) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(writer.write(registration, uri.getBaseUri()))
                .build();
    }

    private Exchange exchange() {
        return Exchange.of(request);
    }
}
