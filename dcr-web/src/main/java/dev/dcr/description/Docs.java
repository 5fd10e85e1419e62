package dev.dcr.description;

import dev.dcr.config.HttpConfig;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;

/** The description to browse. Page, style and script come from here; the page can reach no other host. */
@Path("docs")
@ApplicationScoped
public class Docs {
    private static final String PAGE = "index.html";
    private static final Map<String, String> ASSETS = Map.of(
            "start.js", "text/javascript;charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript;charset=utf-8",
            "swagger-ui.css", "text/css;charset=utf-8");

    @Inject
    HttpConfig config;

    @Context
    UriInfo uri;

    private String policy;

    /** Swagger UI sets styles inline and draws images from data URLs; its calls go to this server alone. */
    @PostConstruct
    void forbidForeignHosts() {
        policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                + "connect-src 'self'"
                + config.publicBaseUrl().map(Docs::origin).orElse("")
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String origin(java.net.URI url) {
        return " " + url.getScheme() + "://" + url.getRawAuthority();
    }

    /** The page. Its links are relative to {@code /docs}, so that they hold below any prefix; hence no slash after it. */
    @GET
    public Response page() {
        // the way back is relative as well: neither the host nor the path that a request names is to be sent on
        if (uri.getRequestUri().getRawPath().endsWith("/"))
            return Response.status(Response.Status.PERMANENT_REDIRECT)
                    .header(HttpHeaders.LOCATION, "../docs")
                    .build();
        return serve(PAGE, "text/html;charset=utf-8");
    }

    /** What the page is made of. */
    @GET
    @Path("{asset}")
    public Response asset(@PathParam("asset") String asset) {
        var type = ASSETS.get(asset);
        if (type == null) throw new NotFoundException();
        return serve(asset, type);
    }

    /** Tells the methods of this path. */
    @OPTIONS
    public Response options() {
        return Response.noContent().allow("GET", "HEAD", "OPTIONS").build();
    }

    private Response serve(String file, String type) {
        return Response.ok(Docs.class.getResourceAsStream("/docs/" + file), type)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .header("Content-Security-Policy", policy)
                .build();
    }
}
