package dev.dcr.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.metadata.MetadataReader;
import dev.dcr.metadata.UnknownMetadata;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
                                "{'iss': 'x', 'software_on_behalf_of_org': '', 'software_version': null, 'software_logo_uri': ' '}"))
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
    void openBankingNamesStandForTheStandardOnes() {
        assertThat(
                        metadataOf(
                                "{'software_client_name': 'A', 'client_name': 'B', 'software_jwks_endpoint': 'https://d.example/jwks'}"))
                .isEqualTo(json("{'client_name': 'B', 'jwks_uri': 'https://d.example/jwks'}"));
    }
}
