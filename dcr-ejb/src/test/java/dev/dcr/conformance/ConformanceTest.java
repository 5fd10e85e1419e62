package dev.dcr.conformance;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.conformance.Specification.Clause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of clauses cannot claim what no test proves. */
class ConformanceTest {
    private static final Path PAGE = Path.of("..", "docs", "conformance.md");
    private static final Set<String> TESTS = Set.of("Test", "ParameterizedTest", "Property");
    private static final Set<String> LEVELS = Set.of("MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY");

    private static List<Specification> specifications;
    private static Map<String, List<Proof>> proofs;

    @BeforeAll
    static void read() throws IOException {
        specifications = Specification.all();
        proofs = Proof.all().stream().collect(groupingBy(Proof::clause, TreeMap::new, toList()));
    }

    private static List<String> clauses() {
        return specifications.stream()
                .flatMap(specification -> specification.clauses().stream())
                .map(Clause::id)
                .toList();
    }

    @Test
    void everyClauseHasAProof() {
        assertThat(proofs.keySet()).containsAll(clauses());
    }

    @Test
    void everyTagNamesAClause() {
        assertThat(clauses()).containsAll(proofs.keySet());
    }

    @Test
    void everyProofIsRunByTheBuild() {
        assertThat(proofs.values().stream().flatMap(List::stream)).allSatisfy(proof -> {
            assertThat(proof.testClass()).matches(".*(Test|IT)");
            assertThat(proof.annotations()).containsAnyElementsOf(TESTS);
            assertThat(proof.annotations())
                    .noneMatch(name -> name.startsWith("Disabled") || name.startsWith("Enabled"));
        });
    }

    @Test
    void everyClauseStandsOnceWithALevel() {
        assertThat(clauses())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[A-Z0-9]+-[0-9A-Za-z.]+-[A-Za-z0-9_.#-]+"));
        assertThat(specifications.stream().flatMap(specification -> specification.clauses().stream()))
                .allMatch(clause -> LEVELS.contains(clause.level()))
                .allMatch(clause ->
                        !clause.demand().isBlank() && !clause.decision().isBlank());
    }

    @Test
    void thePageIsGenerated() throws IOException {
        var page = ConformancePage.markdown(specifications, proofs);
        if (Boolean.getBoolean("docs.write")) Files.writeString(PAGE, page);
        assertThat(PAGE)
                .as("stale; write it anew: mvn -pl dcr-ejb test -Dtest=ConformanceTest -Ddocs.write=true")
                .hasContent(page);
    }
}
