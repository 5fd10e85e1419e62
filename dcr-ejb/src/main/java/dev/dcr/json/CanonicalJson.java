package dev.dcr.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.TreeMap;

/**
 * One text for each JSON value, however a database has written it down: members by name, no blanks, the fewest escapes,
 * numbers by their value. RFC 8785 would make IEEE doubles of the numbers, which these columns do not.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    /** The text of this value. */
    public static String of(JsonValue value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(JsonValue value, StringBuilder text) {
        if (value instanceof JsonObject object) write(object, text);
        else if (value instanceof JsonArray array) write(array, text);
        else if (value instanceof JsonString string) quote(string.getString(), text);
        else if (value instanceof JsonNumber number)
            text.append(number.bigDecimalValue().stripTrailingZeros());
        else text.append(value);
    }

    private static void write(JsonObject object, StringBuilder text) {
        var separator = '{';
        for (var member : new TreeMap<>(object).entrySet()) {
            quote(member.getKey(), text.append(separator));
            write(member.getValue(), text.append(':'));
            separator = ',';
        }
        text.append(object.isEmpty() ? "{}" : "}");
    }

    private static void write(JsonArray array, StringBuilder text) {
        var separator = '[';
        for (var element : array) {
            write(element, text.append(separator));
            separator = ',';
        }
        text.append(array.isEmpty() ? "[]" : "]");
    }

    private static void quote(String string, StringBuilder text) {
        text.append('"');
        for (var i = 0; i < string.length(); i++) {
            var c = string.charAt(i);
            if (c == '"' || c == '\\') text.append('\\').append(c);
            else if (c < ' ') text.append("\\u%04x".formatted((int) c));
            else text.append(c);
        }
        text.append('"');
    }
}
