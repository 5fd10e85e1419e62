package dev.dcr.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.access.AccessConfig.Management;
import dev.dcr.access.AccessConfig.Registration;
import dev.dcr.rules.Profile;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void anEmptyFileMeansTheDefaults() {
        var settings = Configured.by("").load();
        assertThat(settings.rules().profile()).isEqualTo(Profile.OAUTH);
        assertThat(settings.access().registration()).isEqualTo(Registration.INITIAL_ACCESS_TOKEN);
        assertThat(settings.access().management()).isEqualTo(Management.REGISTRATION_ACCESS_TOKEN);
        assertThat(settings.database().url()).isEqualTo("jdbc:h2:file:./data/dcr");
        assertThat(settings.http().maxBodyBytes()).isEqualTo(262_144);
        assertThat(settings.extensions().baseUrl()).isEmpty();
    }

    @Test
    void anEnvironmentVariableOverridesTheFile() {
        var settings = Configured.by("[dcr]\nprofile = \"oidc\"")
                .with(Map.of("DCR_PROFILE", "fapi"))
                .load();
        assertThat(settings.rules().profile()).isEqualTo(Profile.FAPI);
    }

    @Test
    void anEnvironmentVariableOverridesOneKeyOfATableEntry() {
        var file = """
                [[dcr.software_statement.issuers]]
                iss = "a"
                jwks_uri = "https://directory.example/a"
                """;
        var issuers = Configured.by(file)
                .with(Map.of("DCR_SOFTWARE_STATEMENT_ISSUERS_0__ISS", "b"))
                .load()
                .statements()
                .issuers();
        assertThat(issuers)
                .singleElement()
                .satisfies(issuer -> assertThat(issuer.iss()).isEqualTo("b"));
    }

    @Test
    void aTableEntryMayComeFromTheEnvironmentAlone() {
        var issuers = Configured.by("")
                .with(Map.of(
                        "DCR_SOFTWARE_STATEMENT_ISSUERS_0__ISS", "b",
                        "DCR_SOFTWARE_STATEMENT_ISSUERS_0__JWKS_URI", "https://directory.example/b",
                        "DCR_SOFTWARE_STATEMENT_ISSUERS_0__ALGORITHMS", "PS256,ES256,PS512"))
                .load()
                .statements()
                .issuers();
        assertThat(issuers).singleElement().satisfies(issuer -> {
            assertThat(issuer.algorithms()).containsExactlyInAnyOrder("PS256", "ES256", "PS512");
            assertThat(issuer.allowedHosts()).containsExactly("directory.example");
        });
    }

    @Test
    void anUnknownValueIsRefusedWithFileLineAndKey() {
        assertThat(Configured.by("[dcr]\n\nprofile = \"oath\"").problems())
                .containsExactly("deployment.toml:3: dcr.profile: must be one of \"oauth\", \"oidc\", \"fapi\","
                        + " \"open-banking-uk\", not 'oath'");
    }

    @Test
    void anUnknownKeyIsRefusedWithTheOneThatWasMeant() {
        assertThat(Configured.by("[dcr]\npublic_base_ur = \"https://dcr.example\"")
                        .problems())
                .containsExactly(
                        "deployment.toml:2: dcr.public_base_ur: unknown key; did you mean dcr.public_base_url?");
    }

    @Test
    void aPasswordWithDollarsIsTakenLiterally() {
        assertThat(Configured.by("[dcr.database]\npassword = '$a${b}\\c,d'")
                        .load()
                        .database()
                        .password())
                .isEqualTo("$a${b}\\c,d");
    }
}
