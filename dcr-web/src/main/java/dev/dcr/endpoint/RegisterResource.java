package dev.dcr.endpoint;

import dev.dcr.metrics.Operation;
import dev.dcr.registration.DryRun;
import dev.dcr.registration.Preview;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

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
    CallReader calls;

    @Inject
    RegistrationWriter writer;

    @Context
    HttpServletRequest request;

    @Context
    UriInfo uri;

    /**
     * Registers a client (RFC 7591 §3.1). With {@code dry_run} it tells what would be registered: 200, since 201 says that
     * something has come to be.
     */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response create() {
        Accept.requireJson(request);
        var dryRun = dryRun();
        var call = calls.read(request, uri);
        var asked = reader.read(request);
        if (dryRun.isPresent()) return reply(registrar.tryCreate(asked, call, dryRun.get()));
        var created = registrar.create(asked, call);
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
        DryRunParameter.refuse(uri);
        return reply(Status.OK, registrar.read(clientId, calls.read(request, uri)));
    }

    /** Replaces a client's metadata (RFC 7592 §2.2). With {@code dry_run} it tells what would replace them. */
    @PUT
    @Path(CLIENT)
    @Produces(MediaType.APPLICATION_JSON)
    public Response replace(@PathParam("client_id") String clientId) {
        exchange().concerns(clientId);
        Accept.requireJson(request);
        var dryRun = dryRun();
        var call = calls.read(request, uri);
        var asked = reader.read(request);
        return dryRun.isPresent()
                ? reply(registrar.tryReplace(clientId, asked, call, dryRun.get()))
                : reply(Status.OK, registrar.replace(clientId, asked, call));
    }

    /** Deletes a client (RFC 7592 §2.3). */
    @DELETE
    @Path(CLIENT)
    public Response delete(@PathParam("client_id") String clientId) {
        exchange().concerns(clientId);
        DryRunParameter.refuse(uri);
        registrar.delete(clientId, calls.read(request, uri));
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
        return Response.noContent()
                .allow("GET", "HEAD", "PUT", "DELETE", "OPTIONS")
                .build();
    }

    private Optional<DryRun> dryRun() {
        var dryRun = DryRunParameter.of(uri);
        if (dryRun.isPresent()) exchange().asksFor(Optional.of(Operation.DRY_RUN));
        return dryRun;
    }

    private Response reply(Status status, Registration registration) {
        return reply(status, writer.write(registration, uri.getBaseUri()))
                .header(HttpHeaders.ETAG, EntityTag.of(registration))
                .build();
    }

    private Response reply(Preview preview) {
        return reply(Status.OK, writer.write(preview)).build();
    }

    private static ResponseBuilder reply(Status status, byte[] json) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(json);
    }

    private Exchange exchange() {
        return Exchange.of(request);
    }
}
