package dev.dcr.endpoint;

import dev.dcr.audit.Anchor;
import dev.dcr.audit.AuditExport;
import dev.dcr.audit.AuditExport.Selection;
import dev.dcr.audit.AuditVerification;
import dev.dcr.audit.Finding;
import dev.dcr.audit.Verification;
import dev.dcr.error.RegistrationError.InvalidRequest;
import dev.dcr.error.RegistrationRefused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the operator reads and verifies the audit trail. Without {@code dcr.admin.token} it is not there. */
@Path("admin/audit")
@ApplicationScoped
public class AuditResource {
    private static final String LINES = "application/x-ndjson";
    private static final Set<String> PARAMETERS = Set.of("after", "from", "to", "client_id");
    private static final Set<String> MEMBERS = Set.of("anchor", "after_seal");

    @Inject
    Administrator administrator;

    @Inject
    AuditExport export;

    @Inject
    AuditVerification verification;

    @Inject
    RequestReader reader;

    @Context
    HttpServletRequest request;

    /** The events, a line for each. */
    @GET
    @Produces(LINES)
    public Response export(@Context UriInfo uri) {
        administrator.require(request);
        Accept.require(LINES, request);
        var selection = selection(uri);
        StreamingOutput lines = out -> write(selection, out);
        return Response.ok(lines).type(LINES).build();
    }

    /** Goes through the chain; 200 also where it is broken, which the reply then tells. */
    @POST
    @Path("verification")
    @Produces(MediaType.APPLICATION_JSON)
    public Response verify() {
        administrator.require(request);
        Accept.requireJson(request);
        var asked = reader.readJson(request);
        if (!MEMBERS.containsAll(asked.keySet())) throw refused("the body may hold anchor and after_seal alone");
        try {
            var found = verification.verify(anchor(asked), afterSeal(asked));
            return Response.ok(JsonText.print(json(found)))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .build();
        } catch (IllegalArgumentException unusable) {
            throw refused(unusable.getMessage());
        }
    }

    private void write(Selection selection, OutputStream out) throws IOException {
        try {
            export.export(selection, event -> writeLine(event, out));
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    private static void writeLine(JsonObject event, OutputStream out) {
        try {
            out.write(JsonText.print(event));
            out.write('\n');
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static Selection selection(UriInfo uri) {
        var parameters = uri.getQueryParameters();
        if (!PARAMETERS.containsAll(parameters.keySet())) throw refused("the query may hold " + PARAMETERS + " alone");
        return new Selection(
                one(uri, "after").map(AuditResource::number).orElse(0L),
                one(uri, "from").map(AuditResource::moment),
                one(uri, "to").map(AuditResource::moment),
                one(uri, "client_id"));
    }

    private static Optional<String> one(UriInfo uri, String parameter) {
        var values = uri.getQueryParameters().getOrDefault(parameter, List.of());
        if (values.size() > 1) throw refused(parameter + " stands more than once");
        return values.stream().findFirst();
    }

    private static Long number(String text) {
        if (text.matches("\\d{1,18}")) return Long.valueOf(text);
        throw refused("after must be the number of an event");
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw refused("from and to must be times such as 2026-01-31T12:00:00Z");
        }
    }

    private static Optional<Anchor> anchor(JsonObject asked) {
        if (!asked.containsKey("anchor")) return Optional.empty();
        if (asked.get("anchor") instanceof JsonString text) return Optional.of(Anchor.parse(text.getString()));
        throw refused("anchor must be a string");
    }

    private static long afterSeal(JsonObject asked) {
        var value = asked.get("after_seal");
        if (value == null) return 0;
        if (value instanceof JsonNumber number && number.isIntegral() && number.longValue() >= 0)
            return number.longValue();
        throw refused("after_seal must be the number of a seal");
    }

    private static JsonObject json(Verification found) {
        var findings = JsonText.JSON.createArrayBuilder();
        found.findings().forEach(finding -> findings.add(json(finding)));
        return JsonText.JSON
                .createObjectBuilder()
                .add("intact", found.isIntact())
                .add("seals", found.seals())
                .add("events", found.events())
                .add("unsealed_events", found.unsealed())
                .add("anchor", found.head().toString())
                .add("problems", found.problems())
                .add("findings", findings)
                .build();
    }

    private static JsonObject json(Finding finding) {
        var json = JsonText.JSON.createObjectBuilder();
        finding.seal().ifPresent(number -> json.add("seal", number));
        finding.event().ifPresent(number -> json.add("event", number));
        return json.add("problem", finding.problem()).build();
    }

    private static RegistrationRefused refused(String description) {
        return new RegistrationRefused(new InvalidRequest(description));
    }
}
