package dev.dcr.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.json.StrictJson;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftwareStatementTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gopher://keys.example/",
                "file:///etc/passwd",
                "jar:https://keys.example/a!/b",
                "//keys.example/",
                "/keys",
                "https://keys.example:99999/",
                "https://127.1/",
                "https:///keys"
            })
    void whatIsNoAddressOfTheWebNamesNoKeys(String address) {
        assertThat(naming(address).jwksUri()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://keys.example/a", "HTTPS://keys.example:65535/", "http://localhost:8080/keys"})
    void anAddressOfTheWebDoes(String address) {
        assertThat(naming(address).jwksUri()).contains(URI.create(address));
    }

    private static SoftwareStatement naming(String address) {
        return new SoftwareStatement(
                "",
                StrictJson.PROVIDER
                        .createObjectBuilder()
                        .add("jwks_uri", address)
                        .build());
    }
}
