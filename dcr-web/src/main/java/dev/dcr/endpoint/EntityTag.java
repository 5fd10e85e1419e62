package dev.dcr.endpoint;

import dev.dcr.error.RegistrationError.InvalidRequest;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.registration.Precondition;
import dev.dcr.registration.Registration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The entity tag of a client (RFC 9110 §8.8.3), an addition to RFC 7592: strong, and made of its version. Each update
 * makes a new one.
 */
final class EntityTag {
    private static final String TAG = "(?:W/)?\"[!#-~\\x80-\\xff]*+\"";
    private static final Pattern TAGS = Pattern.compile(TAG);
    /** RFC 9110 §5.6.1: a recipient takes empty elements of a list as well. */
    private static final Pattern LIST = Pattern.compile("[ \t,]*+" + TAG + "(?:[ \t]*+,[ \t,]*+" + TAG + ")*+[ \t,]*+");

    private static final Pattern OURS = Pattern.compile("\"(0|[1-9][0-9]{0,17})\"");

    private EntityTag() {}

    static String of(Registration registration) {
        return "\"" + registration.version() + '"';
    }

    /** The {@code If-Match} of a request (RFC 9110 §13.1.1). */
    static Precondition ifMatch(HttpServletRequest request) {
        return ifMatch(Collections.list(request.getHeaders("If-Match")));
    }

    /**
     * @param headers all {@code If-Match} headers of the request
     * @return for {@code *} no condition at all: whoever may manage a client has found one
     * @throws RegistrationRefused as {@code invalid_request} for what is neither {@code *} nor a list of entity tags
     */
    static Precondition ifMatch(List<String> headers) {
        if (headers.isEmpty()) return Precondition.NONE;
        var value = String.join(",", headers);
        if (value.strip().equals("*")) return Precondition.NONE;
        if (!LIST.matcher(value).matches())
            throw new RegistrationRefused(new InvalidRequest("If-Match must be * or a list of entity tags in quotes"));
        var versions = new HashSet<Long>();
        // a weak tag never matches, for the comparison is the strong one; neither does one that is not of our making
        TAGS.matcher(value).results().map(tag -> OURS.matcher(tag.group())).forEach(tag -> {
            if (tag.matches()) versions.add(Long.valueOf(tag.group(1)));
        });
        return Precondition.oneOf(versions);
    }
}
