package dev.dcr.conformance;

import static java.util.stream.Collectors.joining;

import dev.dcr.conformance.Specification.Clause;
import java.util.List;
import java.util.Map;

/** {@code docs/conformance.md}: every clause beside the tests that prove it. */
final class ConformancePage {
    private static final String HEAD = """
            # Conformance

            What the specifications ask of the registration endpoint of an authorization server, what this server does about
            it, and the tests that prove it. The page is generated from the table of clauses and from the tests: a test names
            the clause it proves in a `@Tag`, and the build fails if a clause has no test, if a tag names no clause, or if
            this page is stale. Tags being JUnit's own, `mvn verify -Dgroups=RFC7591-2-jwks` runs what proves one clause.

            - *Level* is that of RFC 2119, whichever words the specification uses: REQUIRED and *shall* are MUST, OPTIONAL is
              MAY, a default or definition without a keyword is a MUST.
            - Not listed is what binds clients, the authorization and token endpoints, or resource servers alone, and what the
              transport in front of the server settles (TLS versions and cipher suites). OpenID Connect Session Management 1.0
              adds no client metadata.

            %d clauses, %d tests.
            """;

    private ConformancePage() {}

    static String markdown(List<Specification> specifications, Map<String, List<Proof>> proofs) {
        var clauses = specifications.stream()
                .mapToInt(specification -> specification.clauses().size())
                .sum();
        var tests = proofs.values().stream()
                .flatMap(List::stream)
                .map(proof -> proof.source() + proof.method())
                .distinct()
                .count();
        return HEAD.formatted(clauses, tests)
                + specifications.stream()
                        .map(specification -> section(specification, proofs))
                        .collect(joining());
    }

    private static String section(Specification specification, Map<String, List<Proof>> proofs) {
        return "\n## [%s](%s)\n\n| | Level | Asked | Here | Tag and proof |\n|---|---|---|---|---|\n"
                        .formatted(specification.title(), specification.address())
                + specification.clauses().stream()
                        .map(clause -> row(clause, proofs.getOrDefault(clause.id(), List.of())))
                        .collect(joining());
    }

    private static String row(Clause clause, List<Proof> proofs) {
        var links = proofs.stream()
                .map(proof -> "[%s.%s](../%s)".formatted(proof.testClass(), proof.method(), unix(proof)))
                .distinct()
                .collect(joining(", "));
        return "| %s | %s | %s | %s | `%s` %s |\n"
                .formatted(clause.section(), clause.level(), clause.demand(), clause.decision(), clause.id(), links);
    }

    private static String unix(Proof proof) {
        return proof.source().toString().replace('\\', '/');
    }
}
