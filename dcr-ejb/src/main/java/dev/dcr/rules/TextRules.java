package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Members with a grammar of their own. */
final class TextRules {
    /** RFC 6749 §3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ), one space between two. */
    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]++( [!#-\\[\\]-~]++)*+");

    private TextRules() {}

    static List<Rule> all() {
        return List.of(onMetadata(TextRules::scope));
    }

    private static Stream<Violation> scope(ClientMetadata client) {
        return client.string("scope").filter(scope -> !SCOPE.matcher(scope).matches()).stream()
                .map(
                        scope -> Violation.metadata(
                                "scope",
                                "bad_scope",
                                "scope " + Quoted.of(scope)
                                        + " must be words of printable ASCII without quotes and backslashes, one space between two"));
    }
}
