package dev.dcr.rules;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.metadata.Member;
import dev.dcr.request.VerifiedRequest;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Members whose values a specification enumerates hold one of these, by the table of all members. */
final class AllowedValues implements Rule {

    @Override
    public Stream<Violation> check(VerifiedRequest request) {
        return Member.all().stream()
                .filter(member -> !member.allowed().isEmpty())
                .flatMap(member -> {
                    var list = request.metadata().strings(member.name());
                    return Stream.concat(
                            request.metadata().string(member.name()).stream()
                                    .filter(value -> !member.allowed().contains(value))
                                    .map(value -> violation(member, member.name(), value)),
                            IntStream.range(0, list.size())
                                    .filter(i -> !member.allowed().contains(list.get(i)))
                                    .mapToObj(i -> violation(member, member.name() + "[" + i + "]", list.get(i))));
                });
    }

    private static Violation violation(Member member, String field, String value) {
        return Violation.metadata(
                field,
                "unknown_value",
                field + " " + Quoted.of(value) + " must be one of " + String.join(", ", member.allowed()));
    }
}
