package dev.dcr.fuzz;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CorpusTest {
    @TestFactory
    Stream<DynamicTest> parsersTakeWhateverComes() {
        return Target.tests();
    }
}
