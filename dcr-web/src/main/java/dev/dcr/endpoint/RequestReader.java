package dev.dcr.endpoint;

import dev.dcr.config.HttpConfig;
import dev.dcr.error.RegistrationError.InvalidRequest;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.json.MalformedJson;
import dev.dcr.json.StrictJson;
import dev.dcr.request.RegistrationRequest;
import dev.dcr.request.RegistrationRequest.Plain;
import dev.dcr.request.RegistrationRequest.Signed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;

/** From a request body to what it asks for. */
@ApplicationScoped
class RequestReader {
    private static final String JSON = "application/json";

    @Inject
    HttpConfig config;

    /**
     * Decodes a registration request: RFC 7591 §3.1 as {@code application/json}, or a signed one as
     * {@code application/jwt} or {@code application/jose}.
     *
     * @throws NotSupportedException (415) for any other media type, a missing one included
     * @throws ClientErrorException (413) for a body over {@code dcr.max_body_bytes}
     * @throws RegistrationRefused as {@code invalid_request} for a body that is not what its media type says
     */
    RegistrationRequest read(HttpServletRequest request) {
        return switch (mediaType(request)) {
            case JSON -> new Plain(object(body(request)));
            case "application/jwt", "application/jose" -> new Signed(compact(body(request)));
            default -> throw new NotSupportedException();
        };
    }

    /** Decodes a JSON object, with the same refusals. */
    JsonObject readJson(HttpServletRequest request) {
        if (!mediaType(request).equals(JSON)) throw new NotSupportedException();
        return object(body(request));
    }

    private static JsonObject object(byte[] body) {
        try {
            return StrictJson.object(body);
        } catch (MalformedJson malformed) {
            throw refused(malformed.getMessage());
        }
    }

    /** A compact JWS is ASCII; any other octet stays one that no JWS holds. */
    private static String compact(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1).strip();
    }

    private static RegistrationRefused refused(String flaw) {
        return new RegistrationRefused(new InvalidRequest("the body " + flaw));
    }

    private static String mediaType(HttpServletRequest request) {
        // where there are two, whoever checked the request before may have read the other one (RFC 9110 §5.3)
        var sent = Collections.list(request.getHeaders(HttpHeaders.CONTENT_TYPE));
        if (sent.size() != 1 || isEncoded(request)) throw new NotSupportedException();
        try {
            var type = MediaType.valueOf(sent.get(0));
            var charset = type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8");
            if (!charset.equalsIgnoreCase("utf-8")) throw new NotSupportedException();
            return (type.getType() + '/' + type.getSubtype()).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException malformed) {
            throw new NotSupportedException(malformed);
        }
    }

    private static boolean isEncoded(HttpServletRequest request) {
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !encoding.equalsIgnoreCase("identity");
    }

    private byte[] body(HttpServletRequest request) {
        var longest = config.maxBodyBytes();
        if (request.getContentLengthLong() > longest) throw tooLong();
        try {
            var body = request.getInputStream().readNBytes(longest + 1);
            if (body.length > longest) throw tooLong();
            if (body.length == 0) throw refused("is empty");
            return body;
        } catch (IOException cutOff) {
            throw new RegistrationRefused(new InvalidRequest("the body ended before its time"), cutOff);
        }
    }

    private static ClientErrorException tooLong() {
        return new ClientErrorException(Status.REQUEST_ENTITY_TOO_LARGE);
    }
}
