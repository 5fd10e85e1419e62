package dev.dcr.startup;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.dcr.config.ConfigReader.Documented;
import dev.dcr.rules.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;

/** {@code docs/configuration.md}, made of the very reads that the server does at start. */
final class ConfigurationPage {
    private static final String TABLE_HEAD = "| key | type | default | |\n|---|---|---|---|\n";

    private ConfigurationPage() {}

    static String markdown() throws IOException {
        var page = new StringBuilder(resource("/configuration-page.md"));
        var tables = Settings.reference().stream()
                .collect(groupingBy(ConfigurationPage::table, LinkedHashMap::new, toList()));
        tables.forEach((table, keys) -> page.append("\n### `%s`\n\n".formatted(table))
                .append(TABLE_HEAD)
                .append(rows(keys)));
        page.append("\n## The presets\n");
        for (var profile : Profile.values())
            page.append("\n### `profile = \"%s\"`\n\n```toml\n%s```\n"
                    .formatted(profile.configured(), resource("/profiles/" + profile.configured() + ".toml")));
        return page.toString();
    }

    /** The header under which a key stands in the file. */
    static String table(Documented key) {
        var table = key.key().substring(0, key.key().lastIndexOf('.'));
        var header = table.replace("[]", "");
        return table.endsWith("[]") ? "[[" + header + "]]" : "[" + header + "]";
    }

    static String name(Documented key) {
        return key.key().substring(key.key().lastIndexOf('.') + 1);
    }

    private static String rows(List<Documented> keys) {
        return keys.stream()
                .map(key -> "| `%s` | %s | %s | %s |\n".formatted(name(key), key.type(), standard(key), key.meaning()))
                .collect(joining());
    }

    private static String standard(Documented key) {
        return key.standard().isEmpty() || key.standard().equals("required")
                ? key.standard()
                : "`" + key.standard() + "`";
    }

    private static String resource(String name) throws IOException {
        try (var content = ConfigurationPage.class.getResourceAsStream(name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
