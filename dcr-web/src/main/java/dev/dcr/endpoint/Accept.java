package dev.dcr.endpoint;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Whether a caller takes JSON for an answer, or lines of it (RFC 9110 §12.5.1). What cannot be understood of the header is skipped. */
final class Accept {
    private static final String JSON = "application/json";

    private Accept() {}

    /** @throws NotAcceptableException (406) if the caller takes other media types alone */
    static void requireJson(HttpServletRequest request) {
        require(JSON, request);
    }

    /**
     * @param type a media type of the kind {@code application/*}
     * @throws NotAcceptableException (406) if the caller takes others alone
     */
    static void require(String type, HttpServletRequest request) {
        if (!admits(type, Collections.list(request.getHeaders(HttpHeaders.ACCEPT)))) throw new NotAcceptableException();
    }

    static boolean admitsJson(List<String> headers) {
        return admits(JSON, headers);
    }

    /**
     * The most specific range that holds the type and is listed decides.
     *
     * @param headers all {@code Accept} headers; none, or only blank ones, admit everything
     */
    private static boolean admits(String type, List<String> headers) {
        var listed = headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(Accept::parts)
                .filter(range -> !range[0].isEmpty())
                .toList();
        return listed.isEmpty()
                || Stream.of(type, "application/*", "*/*", "*")
                        .flatMap(range -> listed.stream().filter(element -> element[0].equals(range)))
                        .findFirst()
                        .filter(Accept::hasWeight)
                        .isPresent();
    }

    /** By hand: a pattern for the blanks around semicolons backtracks on each blank of a long header. */
    private static String[] parts(String element) {
        return Arrays.stream(element.toLowerCase(Locale.ROOT).split(";", -1))
                .map(String::strip)
                .toArray(String[]::new);
    }

    private static boolean hasWeight(String... range) {
        return Arrays.stream(range).skip(1).noneMatch(parameter -> parameter.matches("q\\s*=\\s*0(\\.0*)?"));
    }
}
