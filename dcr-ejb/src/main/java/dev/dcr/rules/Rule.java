package dev.dcr.rules;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.statement.SoftwareStatement;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** One sentence of a specification or of the operator's configuration: from a request to the violations it finds. */
@FunctionalInterface
public interface Rule {

    /** Everything this rule finds wrong; empty where it holds. */
    Stream<Violation> check(VerifiedRequest request);

    /** A rule about the metadata alone. */
    static Rule onMetadata(Function<ClientMetadata, Stream<Violation>> check) {
        return request -> check.apply(request.metadata());
    }

    /** A rule about a request and its software statement. Without a statement it holds. */
    static Rule onStatement(BiFunction<VerifiedRequest, SoftwareStatement, Stream<Violation>> check) {
        return request -> request.statement().stream().flatMap(statement -> check.apply(request, statement));
    }
}
