package dev.dcr.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The defaults of an ecosystem: a TOML file of this jar, below every other source. */
final class Preset {
    private Preset() {}

    /** The preset of that profile. */
    static TomlFile of(String profile) {
        var resource = "/profiles/" + profile + ".toml";
        try (var content = Preset.class.getResourceAsStream(resource)) {
            if (content == null) throw new IllegalArgumentException("no preset " + resource);
            return TomlFile.parse(
                    "profiles/" + profile + ".toml", new String(content.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
