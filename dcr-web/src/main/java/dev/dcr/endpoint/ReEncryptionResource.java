package dev.dcr.endpoint;

import dev.dcr.registration.ReEncryption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Where the operator retires an encryption key. Without {@code dcr.admin.token} it is not there. */
@Path("admin/client-secrets")
@ApplicationScoped
public class ReEncryptionResource {
    @Inject
    Administrator administrator;

    @Inject
    ReEncryption reEncryption;

    @Context
    HttpServletRequest request;

    /** Brings all secrets under the first key. The request takes no body. */
    @POST
    @Path("re-encryption")
    @Produces(MediaType.APPLICATION_JSON)
    public Response reEncrypt() {
        administrator.require(request);
        Accept.requireJson(request);
        var outcome = reEncryption.reEncryptAll(Administrator.request(request));
        var json = JsonText.JSON
                .createObjectBuilder()
                .add("complete", outcome.isComplete())
                .add("re_encrypted", outcome.reEncrypted())
                .add("busy", outcome.busy())
                .add("unreadable", outcome.unreadable())
                .add("audit_sealed", outcome.sealed());
        return Response.ok(JsonText.print(json.build()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
