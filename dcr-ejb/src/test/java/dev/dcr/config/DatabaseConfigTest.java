package dev.dcr.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseConfigTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:file:./data/dcr, data",
        "jdbc:h2:file:/var/lib/dcr/clients;CACHE_SIZE=1, /var/lib/dcr",
        "jdbc:h2:file:dcr, ''",
    })
    void anEmbeddedDatabaseHasAFolder(String url, Path folder) {
        assertThat(database(url).folder())
                .hasValueSatisfying(found -> assertThat(found.normalize())
                        .isEqualTo(folder.toAbsolutePath().normalize()));
    }

    @Test
    void tildeIsTheHomeOfTheUserAsItIsToH2() {
        assertThat(database("jdbc:h2:file:~/dcr/clients").folder())
                .contains(Path.of(System.getProperty("user.home"), "dcr"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://db.example/dcr", "jdbc:h2:mem:dcr"})
    void othersHaveNone(String url) {
        assertThat(database(url).folder()).isEmpty();
    }

    private static DatabaseConfig database(String url) {
        return new DatabaseConfig(url, "", "", 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }
}
