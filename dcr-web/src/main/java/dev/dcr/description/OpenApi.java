package dev.dcr.description;

import dev.dcr.config.HttpConfig;
import dev.dcr.json.StrictJson;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The endpoint's description for machines, in OpenAPI 3.1, with the address at which the operator offers it. */
@Path("openapi")
@ApplicationScoped
public class OpenApi {
    @Inject
    HttpConfig config;

    private byte[] document;

    @PostConstruct
    void fillIn() {
        var server = config.publicBaseUrl().map(Object::toString).orElse("") + config.basePath();
        var servers = StrictJson.PROVIDER
                .createArrayBuilder()
                .add(StrictJson.PROVIDER.createObjectBuilder().add("url", server.isEmpty() ? "/" : server));
        document = StrictJson.PROVIDER
                .createObjectBuilder(StrictJson.object(resource()))
                .add("servers", servers)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource() {
        try (InputStream json = OpenApi.class.getResourceAsStream("/openapi.json")) {
            return json.readAllBytes();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /** The description as JSON, whatever the caller accepts: there is no other form of it. */
    @GET
    public Response describe() {
        return Response.ok(document, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
                .build();
    }

    /** Tells the methods of this path. */
    @OPTIONS
    public Response options() {
        return Response.noContent().allow("GET", "HEAD", "OPTIONS").build();
    }
}
