package dev.dcr.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ServiceLoader;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

/** The file as any other code sees it through MicroProfile Config. */
class DeploymentTomlTest {

    @Test
    void isFoundByEveryConfigOfTheServer() {
        assertThat(ServiceLoader.load(ConfigSource.class)).hasAtLeastOneElementOfType(DeploymentToml.class);
    }

    @Test
    void ranksBelowTheEnvironment() {
        assertThat(new DeploymentToml(TomlFile.none()).getOrdinal()).isEqualTo(250);
    }

    @Test
    void keysAreDotted() {
        assertThat(config("[a.b]\nc = 'x'\nd.e = 7").getValue("a.b.d.e", Integer.class))
                .isEqualTo(7);
    }

    @Test
    void listsConvertAsTheyDoEverywhere() {
        assertThat(config("list = ['a,b', 'c']").getValues("list", String.class))
                .containsExactly("a,b", "c");
    }

    @Test
    void elementsAndEntriesOfListsHaveNumbers() {
        var config =
                config("list = ['a', 'b']\n[[tables]]\nkey = 'x'\n[[tables]]\nkey = 'y'\n[[tables.inner]]\nkey = 'z'");
        assertThat(config.getValue("list[1]", String.class)).isEqualTo("b");
        assertThat(config.getValue("tables[1].key", String.class)).isEqualTo("y");
        assertThat(config.getValue("tables[1].inner[0].key", String.class)).isEqualTo("z");
    }

    @Test
    void expressionsOfOthersDoNoHarmToOtherKeys() {
        assertThat(config("[server]\nbase = 'https://${carbon.host}:${carbon.port}'\n[dcr]\nprofile = 'oidc'")
                        .getValue("dcr.profile", String.class))
                .isEqualTo("oidc");
    }

    @Test
    void noFileIsAnEmptySource() {
        assertThat(new DeploymentToml(TomlFile.none()).getPropertyNames()).isEmpty();
    }

    private static Config config(String toml) {
        return new SmallRyeConfigBuilder()
                .withSources(new DeploymentToml(TomlFile.parse("deployment.toml", toml)))
                .build();
    }
}
