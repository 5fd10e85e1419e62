package dev.dcr.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages on security claim nothing by a test, a key or a page that is not there. */
class SecurityPagesTest {
    private static final Set<String> TESTS = Set.of("Test", "ParameterizedTest", "Property", "TestFactory");

    private static final Set<String> RUN = new TreeSet<>();

    @BeforeAll
    static void read() throws IOException {
        for (var source : TestMethod.sources()) RUN.add(TestMethod.classIn(source));
        TestMethod.all().stream()
                .filter(test -> test.annotations().stream().anyMatch(TESTS::contains))
                .filter(test -> !test.annotations().contains("Disabled"))
                .forEach(test -> RUN.add(test.testClass() + '#' + test.name()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"threat-model.md", "asvs.md", "oauth-security.md", "runbook.md"})
    void everyTestIsThereAndIsRun(String page) throws IOException {
        assertThat(SecurityPage.of(page).tests()).allMatch(RUN::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"threat-model.md", "asvs.md", "oauth-security.md", "runbook.md"})
    void everyKeyIsInTheReference(String page) throws IOException {
        var described = SecurityPage.of("configuration.md").described();
        assertThat(SecurityPage.of(page).keys()).allMatch(described::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"threat-model.md", "asvs.md", "oauth-security.md", "runbook.md"})
    void everyLinkLeadsToAFile(String page) throws IOException {
        assertThat(SecurityPage.of(page).links())
                .allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void everyThreatIsSettledByATestOrAKeyOrIsAccepted() throws IOException {
        var threats = SecurityPage.of("threat-model.md")
                .text()
                .lines()
                .filter(line -> line.matches("\\| [STRIDE] \\| .*"))
                .toList();
        assertThat(threats).hasSizeGreaterThan(50).allMatch(SecurityPage::isSettled);
    }
}
