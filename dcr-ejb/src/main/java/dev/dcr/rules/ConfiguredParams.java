package dev.dcr.rules;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.rules.RuleConfig.Param;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
        return params.stream()
                .flatMap(param -> isMissing(param, request) ? Stream.of(missing(param)) : values(param, request));
    }

    /** A default does not count: it is nothing that the request or its statement said. */
    private static boolean isMissing(Param param, VerifiedRequest request) {
        if (!param.required()) return false;
        var key = param.key();
        if (key.equals("software_statement") && request.statement().isPresent()) return false;
        var said = Stream.of(
                request.explicit().contains(key)
                        ? Optional.ofNullable(request.metadata().json().get(key))
                        : Optional.<JsonValue>empty(),
                Optional.ofNullable(request.requested().get(key)),
                request.statement().map(statement -> statement.claims().get(key)));
        return said.flatMap(Optional::stream).allMatch(ConfiguredParams::isEmpty);
    }

    private static boolean isEmpty(JsonValue value) {
        return value.equals(JsonValue.NULL)
                || value.equals(JsonValue.EMPTY_JSON_ARRAY)
                || value.equals(JsonValue.EMPTY_JSON_OBJECT)
                || (value instanceof JsonString text && text.getString().isBlank());
    }

    private static Violation missing(Param param) {
        var violation = Violation.metadata(
                param.key(), "required", param.key() + " is needed, from the request or its software statement");
        return switch (param.key()) {
            case "redirect_uris" -> Violation.redirectUri(violation.field(), violation.code(), violation.message());
            case "software_statement" ->
                Violation.statement(violation.field(), violation.code(), "software_statement is needed");
            default -> violation;
        };
    }

    /** An empty string among the allowed values allows any, as an empty list does. */
    private static Stream<Violation> values(Param param, VerifiedRequest request) {
        if (param.allowedValues().isEmpty() || param.allowedValues().contains("")) return Stream.empty();
        var value = Optional.ofNullable(request.metadata().json().get(param.key()))
                .orElseGet(() -> request.requested().getOrDefault(param.key(), JsonValue.NULL));
        if (value instanceof JsonArray list) {
            return IntStream.range(0, list.size())
                    .boxed()
                    .flatMap(i -> notAllowed(param, param.key() + "[" + i + "]", Stream.of(list.get(i))));
        }
        if (param.key().equals("scope") && value instanceof JsonString scope) {
            return notAllowed(param, "scope", SPACE.splitAsStream(scope.getString()));
        }
        return value.equals(JsonValue.NULL) ? Stream.empty() : notAllowed(param, param.key(), Stream.of(value));
    }

    private static <T> Stream<Violation> notAllowed(Param param, String field, Stream<T> values) {
        return values.map(value -> value instanceof JsonString text ? text.getString() : value.toString())
                .filter(Predicate.not(param.allowedValues()::contains))
                .map(value -> Violation.metadata(
                        field,
                        "not_allowed",
                        field + " " + Quoted.of(value) + " is not allowed; allowed are "
                                + String.join(
                                        ", ",
                                        param.allowedValues().stream().sorted().toList())));
    }
}
