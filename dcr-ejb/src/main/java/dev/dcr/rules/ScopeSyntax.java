package dev.dcr.rules;

import dev.dcr.error.Violation;
import dev.dcr.request.VerifiedRequest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** RFC 6749 §3.3: {@code scope} is a list of words, one space between two. */
final class ScopeSyntax implements Rule {
    /** scope-token = 1*( %x21 / %x23-5B / %x5D-7E ) */
    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]++( [!#-\\[\\]-~]++)*+");

    @Override
    public Stream<Violation> check(VerifiedRequest request) {
        return Breach.value(
                request.metadata(),
                "scope",
                scope -> !SCOPE.matcher(scope).matches(),
                "bad_scope",
                "must be words of printable ASCII without quotes and backslashes, one space between two");
    }
}
