package dev.dcr.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.rules.RuleConfig.Param;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredParamsTest {
    private static final Trial OAUTH = Trial.under(Profile.OAUTH);

    private static Param required(String key, String... allowed) {
        return new Param(key, key, true, true, Set.of(allowed));
    }

    private static Param optional(String key, String... allowed) {
        return new Param(key, key, false, true, Set.of(allowed));
    }

    private static String client(String members) {
        return "{'redirect_uris': ['https://client.example/cb'], %s}".formatted(members);
    }

    @Test
    void everyMissingMemberIsReported() {
        assertThat(OAUTH.params(required("client_name"), required("scope"), required("iss"), optional("contacts"))
                        .faults("{'redirect_uris': ['https://client.example/cb']}"))
                .containsExactly("client_name required", "scope required", "iss required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "'  '", "[]", "{}"})
    void anEmptyMemberIsMissing(String value) {
        assertThat(OAUTH.params(required("tpp_reference")).faults(client("'tpp_reference': " + value)))
                .containsExactly("tpp_reference required");
    }

    @Test
    void aDefaultIsNotPresent() {
        assertThat(OAUTH.params(required("token_endpoint_auth_method")).faults(client("'client_name': 'x'")))
                .containsExactly("token_endpoint_auth_method required");
    }

    @Test
    void whatTheStatementSuppliesIsPresent() {
        var trial = OAUTH.params(required("org_name"), required("software_statement"))
                .stating("{'iss': 'x', 'org_name': 'Bank'}");
        assertThat(trial.faults("{'redirect_uris': ['https://client.example/cb']}"))
                .isEmpty();
    }

    @Test
    void claimsOfASignedRequestArePresent() {
        assertThat(OAUTH.params(required("iss"), required("aud"), required("exp", "1"))
                        .asSigned()
                        .faults(client("'iss': 'x', 'aud': ['a'], 'exp': 2")))
                .containsExactly("exp not_allowed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'client_name': 'Blue' | ",
                "'client_name': 'Green' | client_name not_allowed",
                "'contacts': ['Blue', 'Red'] | ",
                "'contacts': ['Blue', 'Green'] | contacts[1] not_allowed",
                "'scope': 'Red Blue' | ",
                "'scope': 'Red Green' | scope not_allowed"
            })
    void allowedValues(String member, String fault) {
        var trial = OAUTH.params(
                optional("client_name", "Blue", "Red"),
                optional("contacts", "Blue", "Red"),
                optional("scope", "Blue", "Red"));
        assertThat(trial.faults(client(member))).isEqualTo(fault == null ? List.of() : List.of(fault));
    }

    @Test
    void anEmptyStringAllowsAnyValue() {
        assertThat(OAUTH.params(optional("client_name", "", "Blue")).faults(client("'client_name': 'Green'")))
                .isEmpty();
    }

    @Test
    void booleansAndNumbersAreComparedAsText() {
        var trial = OAUTH.params(optional("require_auth_time", "true"), optional("default_max_age", "60"));
        assertThat(trial.faults(client("'require_auth_time': true, 'default_max_age': 60")))
                .isEmpty();
        assertThat(trial.faults(client("'require_auth_time': false, 'default_max_age': 61")))
                .containsExactly("require_auth_time not_allowed", "default_max_age not_allowed");
    }

    @Test
    void aDefaultMustBeAllowedToo() {
        assertThat(OAUTH.params(optional("token_endpoint_auth_method", "private_key_jwt"))
                        .faults(client("'client_name': 'x'")))
                .containsExactly("token_endpoint_auth_method not_allowed");
    }

    @Test
    void withOtherValidatorsAloneTheTableIsNotEnforced() {
        var trial = OAUTH.params(required("client_name"));
        assertThat(trial.validator(ValidatorName.SSA_JTI).faults(client("'client_uri': 'https://a.example'")))
                .isEmpty();
        assertThat(trial.validator(ValidatorName.REQUIRED_PARAMS).faults(client("'client_uri': 'https://a.example'")))
                .containsExactly("client_name required");
    }

    @Test
    void aCustomMemberOfTheTableIsKept() {
        assertThat(OAUTH.params(optional("tpp_reference"))
                        .registered(client("'tpp_reference': {'a': [1]}, 'other': 1"))
                        .json())
                .containsKey("tpp_reference")
                .doesNotContainKey("other");
    }
}
