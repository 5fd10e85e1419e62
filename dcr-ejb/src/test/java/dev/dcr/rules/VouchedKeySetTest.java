package dev.dcr.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Key sets of plain http: none but those that a statement names, which its issuer vouches for. */
class VouchedKeySetTest {
    private static final String REQUEST =
            "{'redirect_uris': ['https://app.example/callback'], 'jwks_uri': 'http://directory.internal/keys'}";

    @Test
    @Tag("RFC7591-5-self-asserted")
    void refusesAKeySetOfPlainHttpThatTheClientNames() {
        assertThat(Trial.under(Profile.OAUTH).faults(REQUEST)).containsExactly("jwks_uri not_https");
    }

    @Test
    @Tag("RFC7591-5-self-asserted")
    void takesItWhereTheStatementNamesIt() {
        var stating =
                Trial.under(Profile.OAUTH).stating("{'software_jwks_endpoint': 'http://directory.internal/keys'}");
        assertThat(stating.faults(REQUEST)).isEmpty();
    }

    @Test
    void refusesAnotherOneThanTheStatementNames() {
        var stating =
                Trial.under(Profile.OAUTH).stating("{'software_jwks_endpoint': 'http://directory.internal/other'}");
        assertThat(stating.faults(REQUEST)).containsExactly("jwks_uri not_https");
    }
}
