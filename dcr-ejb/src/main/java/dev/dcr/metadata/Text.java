package dev.dcr.metadata;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/** Which text can be stored and shown on any system: no control characters but line ends and tabs, whole characters only. */
final class Text {
    private Text() {}

    /** Whether every string and every name in the value is. */
    static boolean isStorable(JsonValue value) {
        if (value instanceof JsonString string) return isStorable(string.getString());
        if (value instanceof JsonArray list) return list.stream().allMatch(Text::isStorable);
        if (value instanceof JsonObject object) {
            return object.entrySet().stream()
                    .allMatch(member -> isStorable(member.getKey()) && isStorable(member.getValue()));
        }
        return true;
    }

    static boolean isStorable(String text) {
        return text.codePoints().allMatch(Text::isStorable);
    }

    private static boolean isStorable(int codePoint) {
        if (codePoint == '\n' || codePoint == '\r' || codePoint == '\t') return true;
        return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }
}
