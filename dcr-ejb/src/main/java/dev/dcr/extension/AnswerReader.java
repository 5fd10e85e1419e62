package dev.dcr.extension;

import dev.dcr.error.Quoted;
import dev.dcr.extension.ExtensionAnswer.Refusal;
import dev.dcr.extension.ExtensionAnswer.Success;
import dev.dcr.json.MalformedJson;
import dev.dcr.json.StrictJson;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads an extension service's reply by its contract. */
final class AnswerReader {
    private AnswerReader() {}

    /** @throws ContractBreach if it is not one of the replies that the contract knows */
    static ExtensionAnswer read(BoundedCalls.Reply reply, String requestId) {
        if (reply.status() != 200) throw new ContractBreach("HTTP status " + reply.status() + excuse(reply));
        var answer = object(reply);
        var responseId = answer.getOrDefault("responseId", JsonValue.NULL);
        if (!JsonValue.NULL.equals(responseId) && !text(responseId).equals(Optional.of(requestId))) {
            throw new ContractBreach("responseId is not the requestId");
        }
        var status = text(answer.get("status")).orElseThrow(() -> new ContractBreach("no status"));
        return switch (status) {
            case "SUCCESS" -> success(answer);
            case "ERROR" -> refusal(answer);
            default -> throw new ContractBreach("status is " + Quoted.of(status));
        };
    }

    private static Success success(JsonObject answer) {
        return new Success(member(member(answer, "data"), "clientData"));
    }

    private static Refusal refusal(JsonObject answer) {
        var data = member(answer, "data");
        var code = Stream.of("error", "errorCode")
                .flatMap(name -> text(data.get(name)).stream())
                .findFirst();
        return new Refusal(
                status(answer.get("errorCode")),
                Refusal.kindOf(code.orElse("")),
                text(data.get("errorDescription")).orElse(""));
    }

    /** The object of that name; an empty one where it is missing. */
    private static JsonObject member(JsonObject parent, String name) {
        var value = parent.getOrDefault(name, JsonValue.NULL);
        if (JsonValue.NULL.equals(value)) return JsonValue.EMPTY_JSON_OBJECT;
        if (value instanceof JsonObject object) return object;
        throw new ContractBreach(name + " is not an object");
    }

    /** A number, or digits in a string; 0 for anything else. */
    private static int status(JsonValue errorCode) {
        if (errorCode instanceof JsonNumber number) return (int) number.doubleValue();
        return text(errorCode)
                .filter(digits -> digits.matches("[0-9]{3}"))
                .map(Integer::valueOf)
                .orElse(0);
    }

    private static Optional<String> text(JsonValue value) {
        return value instanceof JsonString string ? Optional.of(string.getString()) : Optional.empty();
    }

    private static JsonObject object(BoundedCalls.Reply reply) {
        try {
            return StrictJson.object(reply.body());
        } catch (MalformedJson e) {
            throw new ContractBreach("body " + e.getMessage());
        }
    }

    /** The reason that the service gives for a status of its own, for the log. */
    private static String excuse(BoundedCalls.Reply reply) {
        try {
            var data = StrictJson.object(reply.body()).get("data");
            return data instanceof JsonObject object
                    ? text(object.get("errorMessage"))
                            .map(Quoted::of)
                            .map(": "::concat)
                            .orElse("")
                    : "";
        } catch (MalformedJson e) {
            return "";
        }
    }
}
