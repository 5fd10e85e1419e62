package dev.dcr.endpoint;

import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The name of a request in replies, logs, audit and calls to others. */
final class CorrelationId {
    static final String HEADER = "X-Correlation-ID";
    /** Open banking's name for the same thing; whoever sends it wants it back. */
    static final String INTERACTION_HEADER = "x-fapi-interaction-id";

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private CorrelationId() {}

    /**
     * The caller's own name for the request, if it is fit for a log; else a new one.
     *
     * @param headers gives a header of the request, or null
     */
    static String of(UnaryOperator<String> headers) {
        for (var header : new String[] {HEADER, INTERACTION_HEADER}) {
            var sent = headers.apply(header);
            if (isSafe(sent)) return sent;
        }
        return UUID.randomUUID().toString();
    }

    static boolean isSafe(String sent) {
        return sent != null && SAFE.matcher(sent).matches();
    }
}
