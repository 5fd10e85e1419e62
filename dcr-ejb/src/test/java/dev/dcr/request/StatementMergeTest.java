package dev.dcr.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.MetadataReader;
import dev.dcr.metadata.UnknownMetadata;
import dev.dcr.statement.SoftwareStatement;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7591 §3.1.1: what a statement says of its client")
class StatementMergeTest {
    private static final MetadataReader READER = new MetadataReader(UnknownMetadata.IGNORE, Set.of());

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }

    private static JsonObject metadataOf(String claims) {
        return StatementMerge.metadataOf(json(claims), READER::isKnown);
    }

    @Test
    void claimsThatSayNothingAreLeftOut() {
        assertThat(
                        metadataOf(
                                "{'iss': 'x', 'software_on_behalf_of_org': '', 'software_version': null, 'software_logo_uri': ' ', 'contacts': []}"))
                .isEmpty();
    }

    @Test
    void directoriesWriteContactsAndAuthoritiesInTheirOwnForms() {
        var claims =
                "{'org_contacts': [{'name': 'a'}], 'organisation_competent_authority_claims': [{'authority_id': 'b'}],"
                        + " 'software_version': 1.5, 'software_roles': ['AISP']}";
        var read = READER.read(metadataOf(claims));
        assertThat(read.violations()).isEmpty();
        assertThat(read.metadata().json())
                .containsOnlyKeys(
                        "org_contacts",
                        "organisation_competent_authority_claims",
                        "software_version",
                        "software_roles");
        assertThat(read.metadata().string("software_version")).contains("1.5");
    }

    @Test
    @Tag("RFC7591-3.2.1-statement-members")
    void openBankingNamesStandForTheStandardOnes() {
        assertThat(
                        metadataOf(
                                "{'software_client_name': 'A', 'client_name': 'B', 'software_jwks_endpoint': 'https://d.example/jwks'}"))
                .isEqualTo(json("{'client_name': 'B', 'jwks_uri': 'https://d.example/jwks'}"));
    }

    private static JsonObject merged(String requested, String stated) {
        return StatementMerge.merge(new ClientMetadata(json(requested)), new ClientMetadata(json(stated)))
                .json();
    }

    @Test
    @Tag("RFC7591-3.1.1-precedence")
    @Tag("RFC7591-5-impersonation")
    void theStatementTakesPrecedence() {
        assertThat(merged(
                        "{'client_name': 'Mine', 'logo_uri': 'https://a.example/l', 'contacts': ['me']}",
                        "{'client_name': 'Stated', 'logo_uri': 'https://d.example/l'}"))
                .isEqualTo(json("{'client_name': 'Stated', 'logo_uri': 'https://d.example/l', 'contacts': ['me']}"));
    }

    @Test
    @DisplayName("RFC 7591 §2.2 and §3.1.1: no translation says otherwise than the statement")
    @Tag("RFC7591-3.1.1-precedence")
    @Tag("RFC7591-5-impersonation")
    void theStatementTakesPrecedenceInEveryLanguage() {
        assertThat(merged(
                        "{'client_name': 'Mine', 'client_name#en': 'Your Bank', 'tos_uri#en': 'https://a.example/t'}",
                        "{'client_name': 'Stated', 'client_name#fr': 'Dit'}"))
                .isEqualTo(json(
                        "{'client_name': 'Stated', 'client_name#fr': 'Dit', 'tos_uri#en': 'https://a.example/t'}"));
    }

    @Test
    @DisplayName("OIDC RP Metadata Choices §2 and RFC 7591 §3.1.1: what the statement fixes is no choice")
    @Tag("RFC7591-3.1.1-precedence")
    void theStatementTakesPrecedenceOverChoices() {
        assertThat(merged(
                        "{'token_endpoint_auth_methods_supported': ['client_secret_basic']}",
                        "{'token_endpoint_auth_method': 'private_key_jwt'}"))
                .isEqualTo(json("{'token_endpoint_auth_method': 'private_key_jwt'}"));
    }

    @Test
    void theRequestMayNarrow() {
        var stated = "{'redirect_uris': ['https://a.example/1', 'https://a.example/2'], 'scope': 'a b'}";
        assertThat(merged("{}", stated)).isEqualTo(json(stated));
        var narrowed = "{'redirect_uris': ['https://a.example/2'], 'scope': 'b'}";
        assertThat(merged(narrowed, stated)).isEqualTo(json(narrowed));
    }

    @Test
    @DisplayName("RFC 7591 §2: jwks and jwks_uri never stand together")
    @Tag("RFC7591-2-jwks-or-jwks_uri")
    void keysOfTheStatementReplaceThoseOfTheRequest() {
        assertThat(merged("{'jwks': {'keys': []}}", "{'jwks_uri': 'https://d.example/jwks'}"))
                .isEqualTo(json("{'jwks_uri': 'https://d.example/jwks'}"));
        assertThat(merged("{'jwks_uri': 'https://a.example/jwks'}", "{'jwks': {'keys': []}}"))
                .isEqualTo(json("{'jwks': {'keys': []}}"));
    }

    @Test
    @DisplayName("RFC 7591 §3.1.1: an empty list names no redirect URI, so the statement's stand")
    void anEmptyListIsNoChoice() {
        var requested = new ClientMetadata(json("{'redirect_uris': []}"));
        var stated = new ClientMetadata(json("{'redirect_uris': ['https://client.example/cb']}"));
        assertThat(StatementMerge.merge(requested, stated).redirectUris()).containsExactly("https://client.example/cb");
    }

    @Test
    void theOrderOfClaimsDoesNotDecideBetweenTwoNames() {
        var endpoint = "'software_jwks_endpoint': 'https://d.example/endpoint'";
        var uri = "'software_jwks_uri': 'https://d.example/uri'";
        assertThat(metadataOf("{" + uri + ", " + endpoint + "}"))
                .isEqualTo(metadataOf("{" + endpoint + ", " + uri + "}"))
                .isEqualTo(json("{'jwks_uri': 'https://d.example/endpoint'}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'jwks_uri': 'https://a.example/1', 'software_jwks_endpoint': 'https://a.example/2'",
                "'jwks_uri': '', 'software_jwks_endpoint': ' ', 'software_jwks_uri': 'https://a.example/3'",
                "'software_jwks_uri': 'https://a.example/3', 'software_jwks_endpoint': 'https://a.example/2'",
                "'jwks_uri': null, 'software_jwks_uri': 'https://a.example/3'",
                "'jwks': {'keys': []}"
            })
    void theKeysRegisteredAreThoseThatRequestsAreVerifiedBy(String claims) {
        var registered = READER.read(metadataOf("{" + claims + "}")).metadata().jwksUri();
        var verifiedBy = new SoftwareStatement("", json("{" + claims + "}")).jwksUri();
        assertThat(verifiedBy.map(URI::toString)).isEqualTo(registered);
    }
}
