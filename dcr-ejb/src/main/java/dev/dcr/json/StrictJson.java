package dev.dcr.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * JSON as it may come from outside: RFC 8259 in UTF-8, one object, each member once (RFC 7519 §4), nesting and numbers
 * within bounds, and only strings that every database stores (no NUL, no half of a surrogate pair).
 */
public final class StrictJson {
    /** The cached entry to JSON-P; every call of the static {@code Json} methods would look the provider up anew. */
    public static final JsonProvider PROVIDER = JsonProvider.provider();

    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 40;
    private static final int LARGEST_SCALE = 400;
    private static final String OUT_OF_RANGE = "holds a number out of range";
    private static final JsonReaderFactory READERS =
            PROVIDER.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private StrictJson() {}

    /**
     * The one object that the bytes hold.
     *
     * @throws MalformedJson with what is wrong, fit for the sender's eyes
     */
    public static JsonObject object(byte[] utf8) {
        return object(decoded(utf8));
    }

    /** As {@link #object(byte[])}, of characters. */
    public static JsonObject object(String text) {
        if (!(value(text) instanceof JsonObject object)) throw new MalformedJson("is not a JSON object");
        return object;
    }

    /** The one array that the bytes hold. */
    public static JsonArray array(byte[] utf8) {
        if (!(value(decoded(utf8)) instanceof JsonArray array)) throw new MalformedJson("is not a JSON array");
        return array;
    }

    private static JsonValue value(String text) {
        refuseDeepNestingAndMore(text);
        try (var reader = READERS.createReader(new StringReader(text))) {
            var value = reader.readValue();
            check(value);
            return value;
        } catch (JsonException | IllegalStateException e) {
            throw new MalformedJson(reason(e));
        } catch (NumberFormatException | UnsupportedOperationException e) { // what the parser makes of absurd numbers
            throw new MalformedJson(OUT_OF_RANGE);
        }
    }

    private static String decoded(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedJson("is not UTF-8");
        }
    }

    /** The parser recurses; what would take it too deep never reaches it. Brackets inside strings do not count. */
    private static void refuseDeepNestingAndMore(String text) {
        var depth = 0;
        var inString = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (inString) {
                if (c == '\\') i++;
                else if (c == '"') inString = false;
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                if (++depth > DEEPEST) throw new MalformedJson("is nested deeper than " + DEEPEST + " levels");
            } else if (c == '}' || c == ']') {
                if (--depth == 0) refuseMore(text, i + 1);
            }
        }
    }

    /** The reader stops at the value's end and does not look what follows. */
    private static void refuseMore(String text, int from) {
        for (var i = from; i < text.length(); i++) {
            if (" \t\r\n".indexOf(text.charAt(i)) < 0) throw new MalformedJson("goes on after the JSON object");
        }
    }

    private static void check(JsonValue value) {
        if (value instanceof JsonObject object) {
            object.forEach((name, member) -> {
                check(name);
                check(member);
            });
        } else if (value instanceof JsonArray array) {
            array.forEach(StrictJson::check);
        } else if (value instanceof JsonString string) {
            check(string.getString());
        } else if (value instanceof JsonNumber number) {
            check(number);
        }
    }

    private static void check(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0) throw new MalformedJson("holds a NUL character in a string");
            if (!Character.isSurrogate(c)) continue;
            var paired = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (!paired) throw new MalformedJson("holds half of a surrogate pair in a string");
            i++;
        }
    }

    private static void check(JsonNumber number) {
        var value = number.bigDecimalValue();
        if (value.precision() > LONGEST_NUMBER + LARGEST_SCALE || isOutOfRange(value.stripTrailingZeros()))
            throw new MalformedJson(OUT_OF_RANGE);
    }

    /** Without the zeros at its end: PostgreSQL writes 1e30 out, and what was stored must be read again. */
    private static boolean isOutOfRange(BigDecimal value) {
        return value.precision() > LONGEST_NUMBER || Math.abs((long) value.scale()) > LARGEST_SCALE;
    }

    private static String reason(RuntimeException e) {
        return e.getMessage() != null && e.getMessage().contains("uplicate")
                ? "has a duplicate member"
                : "is not well-formed JSON";
    }
}
