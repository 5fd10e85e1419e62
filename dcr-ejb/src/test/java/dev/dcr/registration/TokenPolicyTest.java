package dev.dcr.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.error.Violation;
import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenPolicyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"scope":"a b"}                          | {"scope":"b"}
                    {"scope":["a","b"]}                      | {"scope":"a b"}
                    {"grant_types":["client_credentials"]}   | {"grant_types":["client_credentials"]}
                    {"application_type":"web"}               | {"application_type":"web"}
                    {"application_type":"web"}               | {}
                    {}                                       | {"scope":"anything"}
                    """)
    void letsThroughWhatThePolicyLists(String policy, String metadata) {
        assertThat(violations(policy, metadata)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"scope":"a b"}                          | {"scope":"a c"}                                            | scope
                    {"grant_types":["client_credentials"]}   | {"grant_types":["client_credentials","authorization_code"]} | grant_types
                    {"application_type":"web"}               | {"application_type":"native"}                              | application_type
                    """)
    void refusesTheRest(String policy, String metadata, String member) {
        assertThat(violations(policy, metadata)).extracting(Violation::field).containsExactly(member);
    }

    private static java.util.List<Violation> violations(String policy, String metadata) {
        return TokenPolicy.violations(StrictJson.object(policy), new ClientMetadata(StrictJson.object(metadata)));
    }
}
