package dev.dcr.rules;

import dev.dcr.error.Violation;
import dev.dcr.request.VerifiedRequest;
import java.util.stream.Stream;

/** One sentence of a specification or of the operator's configuration: from a request to the violations it finds. */
@FunctionalInterface
public interface Rule {

    /** Everything this rule finds wrong; empty where it holds. */
    Stream<Violation> check(VerifiedRequest request);
}
