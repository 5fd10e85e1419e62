package dev.dcr.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A slip of the pen in a configuration file must not bring a password into the log of a server that refuses to start. */
class MangledFileTest {
    private static final String SECRET = "hunter2-is-secret";
    private static final String TOML = """
            [dcr.admin]
            token = "%1$s"
            [dcr.database]
            url = "jdbc:postgresql://db/dcr"
            password = '%1$s'
            [financial_services.extensions.endpoint]
            enabled = true
            base_url = "https://extensions.bank.example"
            [financial_services.extensions.endpoint.security]
            type = "OAuth2"
            token = "%1$s"
            """.formatted(SECRET);

    @Test
    void noSingleSlipTellsASecret() {
        assertThat(slips().filter(MangledFileTest::tellsTheSecret).toList()).isEmpty();
    }

    /** Each character left out, doubled by one that means something to TOML, or replaced by it. */
    private static Stream<String> slips() {
        return IntStream.range(0, TOML.length())
                .filter(MangledFileTest::isNearTheSecret)
                .boxed()
                .flatMap(i -> Stream.concat(
                        Stream.of(TOML.substring(0, i) + TOML.substring(i + 1)),
                        "\"'=#[\n\\"
                                .chars()
                                .mapToObj(Character::toString)
                                .flatMap(c -> Stream.of(
                                        TOML.substring(0, i) + c + TOML.substring(i),
                                        TOML.substring(0, i) + c + TOML.substring(i + 1)))));
    }

    private static boolean isNearTheSecret(int at) {
        var start = TOML.lastIndexOf('\n', at - 1) + 1;
        return TOML.substring(start, TOML.indexOf('\n', at)).contains(SECRET);
    }

    private static boolean tellsTheSecret(String toml) {
        return Configured.by(toml).problems().stream().anyMatch(problem -> problem.contains(SECRET.substring(8)));
    }
}
