package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search for secrets finds them. */
class SecretsTest {
    private static final String SECRET = "p3ZtQ0k-5f_PzY7mXw1RrB2uVn8sLhJdCe4a";
    private static final String TOKEN = "qK1w-3f_PzY7mXw1RrB2uVn8sLhJdCe4aZtQ0k5GhTz";
    private static final String PASSWORD = "only-for-the-operator";

    private final Secrets secrets = new Secrets();

    @TempDir
    Path directory;

    @BeforeEach
    void seen() {
        secrets.inReply("{\"client_id\":\"abc\",\"client_secret\":\"%s\",\"registration_access_token\":\"%s\"}"
                .formatted(SECRET, TOKEN));
        secrets.inConfiguration("[dcr.admin]\ntoken = \"%s\"\n".formatted(PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%s", "token=%s status=201", "x%sx", "AAAA%s", "Bearer %s\n", "{\"a\":\"%s\"}", "/register/%s?"})
    void findsASecretWhereverItStands(String text) {
        assertThat(secrets.in(text.formatted(SECRET))).containsExactly(SECRET);
        assertThat(secrets.in(text.formatted(TOKEN))).containsExactly(TOKEN);
        assertThat(secrets.in(text.formatted(PASSWORD))).containsExactly(PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "abc", "client_id=abc", "p3ZtQ0k-5f_PzY7mXw1RrB2uVn8sLhJdCe4", "only-for-the-operators-eyes"
            })
    void findsNothingElse(String text) {
        assertThat(secrets.in(text.replace("only-for-the-operators", "only for")))
                .isEmpty();
    }

    @Test
    void looksIntoEachFileOfAServerButItsConfiguration() throws IOException {
        Files.writeString(directory.resolve("deployment.toml"), "token = \"%s\"".formatted(PASSWORD));
        assertThat(secrets.below(directory)).isEmpty();
        var data = Files.createDirectory(directory.resolve("data"));
        Files.write(
                data.resolve("dcr.mv.db"),
                ("\0\u0001" + TOKEN + "\u0002").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(secrets.below(directory)).singleElement().asString().endsWith(TOKEN);
    }
}
