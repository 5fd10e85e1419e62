package dev.dcr.rules;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.statement.RoleScopes;
import dev.dcr.statement.SoftwareStatement;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client's scope lies within what the roles of its software open, where the configuration says what that is. */
final class ScopesOfRoles implements Rule {
    private final RoleScopes roles;

    ScopesOfRoles(RoleScopes roles) {
        this.roles = roles;
    }

    @Override
    public Stream<Violation> check(VerifiedRequest request) {
        if (roles.isEmpty()) return Stream.empty();
        return request.statement().stream().flatMap(statement -> check(request, statement));
    }

    private Stream<Violation> check(VerifiedRequest request, SoftwareStatement statement) {
        var open = roles.openTo(statement);
        if (open.isEmpty()) {
            return Stream.of(Breach.of(
                    "software_statement.software_roles", "no_role", "must hold an active role of this ecosystem"));
        }
        var beyond = beyond(request.metadata().string("scope").orElse(""), open);
        return Breach.value(
                request.metadata(),
                "scope",
                scope -> !beyond.isEmpty(),
                "not_in_roles",
                "must be within the scopes that the roles in the software statement open, without " + beyond);
    }

    private static String beyond(String scope, Set<String> open) {
        return Arrays.stream(scope.split(" "))
                .filter(word -> !word.isEmpty() && !open.contains(word))
                .sorted()
                .map(Quoted::of)
                .limit(3)
                .collect(Collectors.joining(", "));
    }
}
