package dev.dcr.registration;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the holder of an initial access token may register: for each member that the policy names, only values that it
 * lists. Of {@code scope} each word counts, of a list each element.
 */
final class TokenPolicy {
    private TokenPolicy() {}

    static List<Violation> violations(JsonObject policy, ClientMetadata metadata) {
        return policy.keySet().stream()
                .sorted()
                .flatMap(member -> violations(member, policy.get(member), metadata))
                .toList();
    }

    private static Stream<Violation> violations(String member, JsonValue allowed, ClientMetadata metadata) {
        var listed = values(member, allowed).toList();
        return values(member, metadata.json().getOrDefault(member, JsonValue.EMPTY_JSON_ARRAY))
                .filter(value -> !listed.contains(value))
                .limit(1)
                .map(value -> Violation.metadata(
                        member, "not_granted", "the initial access token does not allow this value of " + member));
    }

    private static Stream<JsonValue> values(String member, JsonValue value) {
        if (value instanceof JsonArray list) return list.stream();
        return "scope".equals(member) && value instanceof JsonString words
                ? Arrays.stream(words.getString().split(" ")).map(dev.dcr.json.StrictJson.PROVIDER::createValue)
                : Stream.of(value);
    }
}
