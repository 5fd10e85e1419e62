package dev.dcr.metadata;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The form of a JSON value, with the bounds that keep one member from being used as storage. */
enum Shape {
    STRING("a string") {
        @Override
        Stream<Fault> faults(JsonValue value) {
            if (!(value instanceof JsonString string)) return wrongType();
            if (string.getString().isEmpty()) {
                return Stream.of(new Fault("", "empty", "must not be empty; leave it out instead"));
            }
            if (string.getString().length() > LONGEST_STRING) {
                return Stream.of(new Fault("", "too_long", "must have at most " + LONGEST_STRING + " characters"));
            }
            return Stream.empty();
        }
    },
    STRINGS("a list of strings") {
        @Override
        Stream<Fault> faults(JsonValue value) {
            return elements(value, STRING);
        }
    },
    BOOLEAN("true or false, without quotes") {
        @Override
        Stream<Fault> faults(JsonValue value) {
            return value.equals(JsonValue.TRUE) || value.equals(JsonValue.FALSE) ? Stream.empty() : wrongType();
        }
    },
    INTEGER("a whole number from 0 to 2147483647, without quotes") {
        @Override
        Stream<Fault> faults(JsonValue value) {
            return value instanceof JsonNumber number && isNatural(number.bigDecimalValue())
                    ? Stream.empty()
                    : wrongType();
        }
    },
    OBJECT("an object") {
        @Override
        Stream<Fault> faults(JsonValue value) {
            return value.getValueType() == JsonValue.ValueType.OBJECT ? Stream.empty() : wrongType();
        }
    },
    ANY("any value") {
        @Override
        Stream<Fault> faults(JsonValue value) {
            return Stream.empty();
        }
    };

    /** Longest string accepted, in UTF-16 units. */
    static final int LONGEST_STRING = 2048;

    /** Longest list accepted. */
    static final int LONGEST_LIST = 100;

    private static final BigDecimal GREATEST = BigDecimal.valueOf(Integer.MAX_VALUE);

    private final String wanted;

    Shape(String wanted) {
        this.wanted = wanted;
    }

    /**
     * What is wrong with a value.
     *
     * @param at     where in the value: empty for the whole, {@code [1]} for a list's second element
     * @param demand what the value must be, to be read after the member's name
     */
    record Fault(String at, String code, String demand) {}

    /** Everything wrong with the form of a value other than {@code null}. */
    abstract Stream<Fault> faults(JsonValue value);

    Stream<Fault> wrongType() {
        return Stream.of(new Fault("", "wrong_type", "must be " + wanted));
    }

    Stream<Fault> elements(JsonValue value, Shape element) {
        if (!(value instanceof JsonArray list)) return wrongType();
        if (list.size() > LONGEST_LIST) {
            return Stream.of(new Fault("", "too_many", "must have at most " + LONGEST_LIST + " elements"));
        }
        return IntStream.range(0, list.size())
                .boxed()
                .flatMap(i -> element.faults(list.get(i))
                        .map(fault -> new Fault("[" + i + "]", fault.code(), fault.demand())));
    }

    private static boolean isNatural(BigDecimal number) {
        return number.scale() <= 0 && number.scale() >= -10 && number.signum() >= 0 && number.compareTo(GREATEST) <= 0;
    }
}
