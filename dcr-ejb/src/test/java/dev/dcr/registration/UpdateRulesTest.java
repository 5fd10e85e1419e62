package dev.dcr.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.error.Violation;
import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.statement.SoftwareStatement;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateRulesTest {
    private static final String BOUND = "{\"iss\": \"Directory\", \"software_id\": \"s1\"}";

    /** Two directories may give one identifier to different software, the one of them by intent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iss\": \"Other\", \"software_id\": \"s1\"}",
                "{\"software_id\": \"s1\"}",
                "{\"iss\": \"Directory\", \"software_id\": \"s2\"}",
                "{\"iss\": \"Directory\"}"
            })
    void theSoftwareIsItsIssuersAndNoOthers(String claims) {
        assertThat(update(claims).map(Violation::code)).containsExactly("other_software");
    }

    @Test
    void anotherStatementOfTheSameSoftwareIsGood() {
        assertThat(update("{\"iss\": \"Directory\", \"software_id\": \"s1\", \"iat\": 1}"))
                .isEmpty();
    }

    private static Stream<Violation> update(String claims) {
        var members = json("{\"client_id\": \"abc\"}");
        var metadata = new ClientMetadata(JsonObject.EMPTY_JSON_OBJECT);
        var request = new VerifiedRequest(
                members, Optional.of(new SoftwareStatement("", json(claims))), false, Set.of(), metadata, Set.of());
        return new UpdateRules()
                .check(
                        request,
                        new RegisteredClient("abc", Instant.EPOCH),
                        Optional.of(new SoftwareStatement("", json(BOUND))));
    }

    private static JsonObject json(String text) {
        return StrictJson.object(text);
    }
}
