package dev.dcr.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.access.AccessConfig.Management;
import dev.dcr.access.AccessConfig.Registration;
import dev.dcr.config.ConfigReader;
import dev.dcr.extension.ExtensionConfig.Security;
import dev.dcr.rules.Profile;
import dev.dcr.rules.RuleConfig.Param;
import dev.dcr.rules.RuleConfig.Validator;
import dev.dcr.rules.ValidatorName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        assertThat(settings.rateLimits().isOn()).isFalse();
        assertThat(settings.quota().isOn()).isFalse();
        assertThat(settings.expiry().unusedAfter()).isEmpty();
        assertThat(settings.expiry().notRenewedAfter()).isEmpty();
    }

    @Test
    void limitsOfSoftwareAreWorthAWordWhereAStatementIsAllItTakes() {
        var limits = "[dcr.quota]\nclients_per_software = 5\n";
        assertThat(notes(limits)).anyMatch(note -> note.contains("dcr.quota"));
        assertThat(notes(limits + "[dcr.request_jwt]\nrequired = true")).isEmpty();
        assertThat(notes(limits + "[dcr.registration]\nmtls = 'statement_keys'"))
                .isEmpty();
        assertThat(notes("")).isEmpty();
    }

    @Test
    void tokensThatAreGoodForAnythingAreWorthAWord() {
        var jwts = "[dcr.access_token]\nissuer = 'https://as.example'\njwks_uri = 'https://as.example/jwks'\n";
        assertThat(notes(jwts))
                .satisfiesExactly(
                        note -> assertThat(note).contains("dcr.access_token.audience"),
                        note -> assertThat(note).contains("dcr.access_token.registration_scope"));
        assertThat(notes(jwts + "audience = 'https://dcr.example'\nregistration_scope = 'dcr:register'"))
                .isEmpty();
        assertThat(notes(jwts + "audience = 'https://dcr.example'\n[dcr.registration]\naccess = 'open'"))
                .isEmpty();
        assertThat(notes("[dcr.access_token]\nintrospection_endpoint = 'https://as.example/introspect'"))
                .singleElement()
                .asString()
                .contains("dcr.access_token.registration_scope");
    }

    @Test
    void anAdministratorsTokenThatMayBeGuessedIsWorthAWord() {
        assertThat(notes("[dcr.admin]\ntoken = 'secret'"))
                .singleElement()
                .asString()
                .contains("dcr.admin.token")
                .doesNotContain("secret");
        assertThat(notes("[dcr.admin]\ntoken = '" + "x".repeat(32) + "'")).isEmpty();
    }

    private static List<String> notes(String file) {
        var reader = ConfigReader.of(Configured.by(file).config());
        Settings.read(reader);
        return reader.finish();
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
                        + " \"open-banking-uk\", \"open-finance-brazil\", \"cdr-au\", not 'oath'");
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

    @Test
    void aSystemPropertyOverridesTheEnvironment() {
        System.setProperty("dcr.database.username", "property");
        try {
            var settings = Configured.by("[dcr.database]\nusername = 'file'")
                    .with(Map.of("DCR_DATABASE_USERNAME", "environment"))
                    .load();
            assertThat(settings.database().username()).isEqualTo("property");
        } finally {
            System.clearProperty("dcr.database.username");
        }
    }

    @Test
    void anEntryAddedByTheEnvironmentJoinsThoseOfTheFile() {
        var file = "[[financial_services.app_registration.dcr.params]]\nkey = 'scope'";
        var params = Configured.by(file)
                .with(Map.of("FINANCIAL_SERVICES_APP_REGISTRATION_DCR_PARAMS_1__KEY", "software_id"))
                .load()
                .rules()
                .params();
        assertThat(params).extracting(Param::key).containsExactly("scope", "software_id");
    }

    @Test
    void validatorsOfEqualPriorityKeepTheirOrder() {
        var table = "[[financial_services.app_registration.dcr.validators.validator]]\n";
        var file = table + "name = 'SSAJTI'\npriority = 2\n" + table + "name = 'Issuer'\npriority = 1\n" + table
                + "name = 'RequestJTI'\npriority = 1";
        assertThat(Configured.by(file).load().rules().validators())
                .extracting(Validator::name)
                .containsExactly(ValidatorName.ISSUER, ValidatorName.REQUEST_JTI, ValidatorName.SSA_JTI);
    }

    @Test
    void placeholdersBorrowFromTheSameFile() {
        var file = """
                [bank]
                host = "bank.example"
                base = "https://$ref{bank.host}"
                [dcr.access_token]
                issuer = "$ref{bank.base}"
                audience = "$ref{bank.base}/$ref{bank.host}"
                """;
        var tokens = Configured.by(file).load().access().accessTokens();
        assertThat(tokens.issuer()).contains("https://bank.example");
        assertThat(tokens.audience()).contains("https://bank.example/bank.example");
    }

    @Test
    void oauth2TakesAFixedTokenOrClientCredentials() {
        assertThat(security("token = 't'")).isEqualTo(new Security.FixedToken("t"));
        assertThat(security("token_endpoint = 'https://as/token'\nclient_id = 'i'\nclient_secret = 's'\nscope = 'a b'"))
                .isEqualTo(
                        new Security.ClientCredentials(URI.create("https://as/token"), "i", "s", Optional.of("a b")));
    }

    private static Security security(String keys) {
        var file = """
                [financial_services.extensions.endpoint]
                enabled = true
                base_url = "https://extensions.example"
                [financial_services.extensions.endpoint.security]
                """;
        return Configured.by(file + "type = 'oauth2'\n" + keys)
                .load()
                .extensions()
                .security();
    }
}
