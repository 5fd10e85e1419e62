package dev.dcr.fuzz;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HeaderCorpusTest {
    @TestFactory
    Stream<DynamicTest> headersAreTakenWhateverTheyAre() {
        return Target.tests();
    }
}
