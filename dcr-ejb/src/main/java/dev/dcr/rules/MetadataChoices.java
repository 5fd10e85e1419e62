package dev.dcr.rules;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.Member;
import dev.dcr.request.VerifiedRequest;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * OpenID Connect RP Metadata Choices §2 and §3: the value that a client prefers is one of its choices, and so is the
 * value that is registered, since the choices that nobody here supports are passed over.
 */
final class MetadataChoices implements Rule {

    @Override
    public Stream<Violation> check(VerifiedRequest request) {
        return Member.choices().stream()
                .filter(member -> request.requested().get(member.name()) instanceof JsonArray)
                .flatMap(choice -> choice.chooses().stream().flatMap(single -> check(choice.name(), single, request)));
    }

    private static Stream<Violation> check(String choice, String single, VerifiedRequest request) {
        var choices = request.requested().getJsonArray(choice).stream()
                .flatMap(value -> text(value).stream())
                .toList();
        var preferred = text(request.requested().get(single));
        if (preferred.filter(value -> !choices.contains(value)).isPresent()) {
            return Stream.of(Breach.of(single, preferred.get(), "not_a_choice", "must be one of " + choice));
        }
        return Breach.when(
                !isRegistered(single, choices, request.metadata()),
                choice,
                "unsupported",
                "must hold a value that is supported here");
    }

    private static boolean isRegistered(String single, List<String> choices, ClientMetadata client) {
        return client.string(single).filter(choices::contains).isPresent();
    }

    private static Optional<String> text(JsonValue value) {
        return value instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }
}
