package dev.dcr.rules;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Words violations: the member at fault, its value where it has one, and what is demanded of it. */
final class Breach {
    private Breach() {}

    /** The member as a whole is at fault: "{@code member demand}". */
    static Violation of(String member, String code, String demand) {
        return violation(member, code, member + " " + demand);
    }

    /** The member's value is at fault: "{@code member 'value' demand}". */
    static Violation of(String member, String value, String code, String demand) {
        return violation(member, code, member + " " + Quoted.of(value) + " " + demand);
    }

    /** The breach, if it was found. */
    static Stream<Violation> when(boolean found, String member, String code, String demand) {
        return found ? Stream.of(of(member, code, demand)) : Stream.empty();
    }

    /** A member that holds a string, wrong as the predicate says. */
    static Stream<Violation> value(
            ClientMetadata client, String member, Predicate<String> wrong, String code, String demand) {
        return client.string(member).filter(wrong).stream().map(value -> of(member, value, code, demand));
    }

    /** Each element of a list that is wrong as the predicate says. */
    static Stream<Violation> elements(
            ClientMetadata client, String member, Predicate<String> wrong, String code, String demand) {
        return elements(member, client.strings(member), wrong, code, demand);
    }

    /** Each element of a list, named as the member's, that is wrong as the predicate says. */
    static Stream<Violation> elements(
            String member, List<String> values, Predicate<String> wrong, String code, String demand) {
        return IntStream.range(0, values.size())
                .filter(i -> wrong.test(values.get(i)))
                .mapToObj(i -> of(member + "[" + i + "]", values.get(i), code, demand));
    }

    /** RFC 7591 §3.2.2: redirection URIs and software statements have error codes of their own. */
    private static Violation violation(String field, String code, String message) {
        if (field.startsWith("redirect_uris")) return Violation.redirectUri(field, code, message);
        if (field.startsWith("software_statement")) return Violation.statement(field, code, message);
        return Violation.metadata(field, code, message);
    }
}
