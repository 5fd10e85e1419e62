package dev.dcr.rules;

import dev.dcr.error.Violation;
import dev.dcr.metadata.Member;
import dev.dcr.request.VerifiedRequest;
import java.util.Set;
import java.util.stream.Stream;

/** Members whose values a specification enumerates hold one of these, by the table of all members. */
final class AllowedValues implements Rule {
    private final Profile profile;

    AllowedValues(Profile profile) {
        this.profile = profile;
    }

    @Override
    public Stream<Violation> check(VerifiedRequest request) {
        return Member.all().stream()
                .filter(member -> !member.allowed().isEmpty())
                .flatMap(member -> check(member.name(), member.allowed(), request));
    }

    private Stream<Violation> check(String member, Set<String> allowed, VerifiedRequest request) {
        var more = profile.alsoAllowed(member);
        var demand = "must be one of "
                + String.join(
                        ", ", Stream.concat(allowed.stream(), more.stream()).toList());
        return Stream.concat(
                Breach.value(
                        request.metadata(),
                        member,
                        value -> !allowed.contains(value) && !more.contains(value),
                        "unknown_value",
                        demand),
                Breach.elements(
                        request.metadata(), member, value -> !allowed.contains(value), "unknown_value", demand));
    }
}
