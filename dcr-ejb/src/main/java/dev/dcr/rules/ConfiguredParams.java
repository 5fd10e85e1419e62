package dev.dcr.rules;

import static java.util.stream.Collectors.joining;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.rules.RuleConfig.Param;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The operator's table of parameters ({@code financial_services.app_registration.dcr.params}): which members must be
 * there, and which values they may take.
 */
final class ConfiguredParams implements Rule {
    private static final Pattern SPACE = Pattern.compile(" +");

    private final List<Param> params;

    ConfiguredParams(List<Param> params) {
        this.params = List.copyOf(params);
    }

    @Override
    public Stream<Violation> check(VerifiedRequest request) {
        return params.stream().flatMap(param -> check(param, request));
    }

    private static Stream<Violation> check(Param param, VerifiedRequest request) {
        if (param.required() && said(param.key(), request).allMatch(ConfiguredParams::isEmpty)) {
            return Stream.of(
                    Breach.of(param.key(), "required", "is needed, from the request or its software statement"));
        }
        return notAllowed(param, request);
    }

    /** What the request or its statement said of a member. A default is not said by anybody. */
    private static Stream<JsonValue> said(String key, VerifiedRequest request) {
        if (key.equals("software_statement") && request.statement().isPresent()) return Stream.of(JsonValue.TRUE);
        var stored = Optional.ofNullable(request.metadata().json().get(key));
        return Stream.of(
                        stored.filter(value -> request.explicit().contains(key)),
                        Optional.ofNullable(request.requested().get(key)),
                        request.statement().map(statement -> statement.claims().get(key)))
                .flatMap(Optional::stream);
    }

    private static boolean isEmpty(JsonValue value) {
        if (value instanceof JsonString text) return text.getString().isBlank();
        return value.equals(JsonValue.NULL)
                || value.equals(JsonValue.EMPTY_JSON_ARRAY)
                || value.equals(JsonValue.EMPTY_JSON_OBJECT);
    }

    /** An empty string among the allowed values allows any, as an empty list does. Defaults must be allowed too. */
    private static Stream<Violation> notAllowed(Param param, VerifiedRequest request) {
        if (param.allowedValues().isEmpty() || param.allowedValues().contains("")) return Stream.empty();
        var value = Optional.ofNullable(request.metadata().json().get(param.key()))
                .orElseGet(() -> request.requested().getOrDefault(param.key(), JsonValue.NULL));
        if (value.equals(JsonValue.NULL)) return Stream.empty();
        var demand =
                param.allowedValues().stream().sorted().map(Quoted::of).collect(joining(", ", "must be one of ", ""));
        if (value instanceof JsonArray list) {
            var elements = list.stream().map(ConfiguredParams::text).toList();
            return Breach.elements(
                    param.key(), elements, text -> !param.allowedValues().contains(text), "not_allowed", demand);
        }
        return words(param.key(), text(value))
                .filter(word -> !param.allowedValues().contains(word))
                .map(word -> Breach.of(param.key(), word, "not_allowed", demand));
    }

    private static Stream<String> words(String key, String text) {
        return key.equals("scope") ? SPACE.splitAsStream(text) : Stream.of(text);
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.getString() : value.toString();
    }
}
