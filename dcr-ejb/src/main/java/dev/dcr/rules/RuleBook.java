package dev.dcr.rules;

import dev.dcr.error.Violation;
import dev.dcr.request.VerifiedRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** All rules that hold under one configuration: those of the specifications, of the profile, and of the operator. */
public final class RuleBook {
    private final List<Rule> rules;

    public RuleBook(RuleConfig config) {
        rules = Stream.of(
                        MetadataRules.of(config.profile()),
                        StatementRules.all(),
                        List.<Rule>of(new ScopesOfRoles(config.roles())),
                        config.profile().rules(config),
                        config.fapiEnforcement() ? FapiRules.enforced() : List.<Rule>of(),
                        AcceleratorRules.of(config))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Everything that is wrong with a request, in an order that depends on the rules and not on the order of the
     * request's members. What several rules find is told once.
     */
    public List<Violation> check(VerifiedRequest request) {
        var found = new LinkedHashMap<List<String>, Violation>();
        rules.stream()
                .flatMap(rule -> rule.check(request))
                .forEach(violation -> found.putIfAbsent(List.of(violation.field(), violation.code()), violation));
        return List.copyOf(found.values());
    }
}
