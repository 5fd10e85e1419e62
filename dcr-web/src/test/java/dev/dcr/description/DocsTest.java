package dev.dcr.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dcr.config.HttpConfig;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.resteasy.specimpl.ResteasyUriInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocsTest {

    @Test
    void thePageLoadsNothingFromForeignHosts() throws IOException {
        var docs = docs("http://localhost/docs");
        assertThat(text(docs.page())).doesNotContain("http:", "https:", "//");
        assertThat(docs.page().getHeaderString("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'")
                .contains("connect-src 'self' https://dcr.example;");
    }

    @Test
    void everyLinkOfThePageIsServed() throws IOException {
        var docs = docs("http://localhost/docs");
        var links = Pattern.compile("(?:src|href)=\"docs/([^\"]+)\"").matcher(text(docs.page()));
        assertThat(links.results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(asset -> assertThat(docs.asset(asset).getStatus()).isEqualTo(200));
    }

    @ParameterizedTest
    @CsvSource({"swagger-ui.css, text/css", "swagger-ui-bundle.js, text/javascript", "start.js, text/javascript"})
    void assetsHaveTheirMediaType(String asset, String type) throws IOException {
        try (var reply = docs("http://localhost/docs").asset(asset)) {
            assertThat(reply.getMediaType().toString()).startsWith(type);
            assertThat(text(reply)).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "../openapi.json", "swagger-ui.css.map", ""})
    void nothingElseIsServed(String asset) {
        var docs = docs("http://localhost/docs");
        assertThatThrownBy(() -> docs.asset(asset)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aSlashAtTheEndIsTakenAway() {
        try (var reply = docs("http://localhost/v3/docs/").page()) {
            assertThat(reply.getStatus()).isEqualTo(308);
            assertThat(reply.getHeaderString("Location")).isEqualTo("../docs");
        }
    }

    private static Docs docs(String address) {
        var docs = new Docs();
        docs.config = new HttpConfig(
                Optional.of(URI.create("https://dcr.example/path")), "", List.of(), Optional.empty(), 1, 256, Set.of());
        docs.uri = new ResteasyUriInfo(address, "/");
        docs.forbidForeignHosts();
        return docs;
    }

    private static String text(Response reply) throws IOException {
        try (var body = (InputStream) reply.getEntity()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
