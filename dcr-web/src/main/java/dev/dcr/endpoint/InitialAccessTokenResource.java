package dev.dcr.endpoint;

import dev.dcr.access.InitialAccessTokens;
import dev.dcr.error.RegistrationError.InvalidRequest;
import dev.dcr.error.RegistrationRefused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Set;

/** Where the operator gets initial access tokens (RFC 7591 §3). Without {@code dcr.admin.token} it is not there. */
@Path("admin/initial-access-tokens")
@ApplicationScoped
public class InitialAccessTokenResource {
    private static final Set<String> MEMBERS = Set.of("expires_in", "uses", "policy");
    private static final int USUAL_SECONDS = 3600;
    private static final int MOST_SECONDS = 31_536_000;
    private static final int MOST_USES = 1_000_000;

    @Inject
    Administrator administrator;

    @Inject
    InitialAccessTokens tokens;

    @Inject
    RequestReader reader;

    @Context
    HttpServletRequest request;

    /** Issues a token; the reply is the only place where it is ever seen. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response issue() {
        administrator.require(request);
        Accept.requireJson(request);
        var asked = reader.readJson(request);
        requireKnownMembers(asked);
        var seconds = number(asked, "expires_in", MOST_SECONDS, USUAL_SECONDS);
        var issued = tokens.issue(
                Duration.ofSeconds(seconds),
                number(asked, "uses", MOST_USES, 1),
                policy(asked),
                Administrator.request(request));
        var json = JsonText.JSON
                .createObjectBuilder()
                .add("initial_access_token", issued.token())
                .add("expires_in", seconds)
                .add("expires_at", issued.expiresAt().getEpochSecond())
                .add("uses", issued.uses());
        return Response.status(Status.CREATED)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(JsonText.print(json.build()))
                .build();
    }

    private static void requireKnownMembers(JsonObject asked) {
        if (!MEMBERS.containsAll(asked.keySet())) throw refused("the body may hold expires_in, uses and policy alone");
    }

    private static int number(JsonObject asked, String member, int greatest, int usual) {
        var value = asked.get(member);
        if (value == null) return usual;
        if (value instanceof JsonNumber number && number.isIntegral()) {
            var whole = number.bigIntegerValue();
            if (whole.signum() > 0 && whole.compareTo(BigInteger.valueOf(greatest)) <= 0) return whole.intValue();
        }
        throw refused(member + " must be a whole number from 1 to " + greatest);
    }

    private static JsonObject policy(JsonObject asked) {
        var policy = asked.getOrDefault("policy", JsonValue.EMPTY_JSON_OBJECT);
        if (policy instanceof JsonObject object) return object;
        throw refused("policy must be an object of allowed values by member name");
    }

    private static RegistrationRefused refused(String description) {
        return new RegistrationRefused(new InvalidRequest(description));
    }
}
