package dev.dcr.rules;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.Member;
import dev.dcr.request.VerifiedRequest;
import java.util.List;
import java.util.stream.Stream;

/** Members whose values a specification enumerates hold one of these, by the table of all members. */
final class AllowedValues implements Rule {
    private final List<Enumeration> enumerations;

    AllowedValues(Profile profile) {
        enumerations = Member.all().stream()
                .filter(member -> !member.allowed().isEmpty())
                .map(member -> Enumeration.of(member, profile))
                .toList();
    }

    private record Enumeration(String member, List<String> values, String demand) {

        static Enumeration of(Member member, Profile profile) {
            var values = Stream.concat(member.allowed().stream(), profile.alsoAllowed(member.name()).stream())
                    .toList();
            return new Enumeration(member.name(), values, "must be one of " + String.join(", ", values));
        }

        Stream<Violation> check(ClientMetadata client) {
            if (!client.has(member)) return Stream.empty();
            return Stream.concat(
                    Breach.value(client, member, value -> !values.contains(value), "unknown_value", demand),
                    Breach.elements(client, member, value -> !values.contains(value), "unknown_value", demand));
        }
    }

    @Override
    public Stream<Violation> check(VerifiedRequest request) {
        return enumerations.stream().flatMap(enumeration -> enumeration.check(request.metadata()));
    }
}
