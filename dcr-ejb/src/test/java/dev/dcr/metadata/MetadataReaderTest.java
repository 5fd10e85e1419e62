package dev.dcr.metadata;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.error.Violation;
import dev.dcr.error.Violation.Kind;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataReaderTest {
    private static final MetadataReader READER = new MetadataReader(UnknownMetadata.IGNORE, Set.of("tpp_reference"));

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }

    private static List<String> faults(String request) {
        return READER.read(json(request)).violations().stream()
                .map(violation -> violation.field() + " " + violation.code())
                .toList();
    }

    @Test
    void keepsMembersOfTheirType() {
        var request = json("{'redirect_uris': ['https://a.example'], 'client_name': 'A', 'require_auth_time': true,"
                + " 'default_max_age': 60, 'jwks': {'keys': []}, 'org_contacts': [{}]}");
        var read = READER.read(request);
        assertThat(read.violations()).isEmpty();
        assertThat(read.metadata().json()).isEqualTo(request);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'client_name': 7 | client_name wrong_type",
                "'client_name': ['A'] | client_name wrong_type",
                "'client_name': '' | client_name empty",
                "'client_uri': true | client_uri wrong_type",
                "'redirect_uris': 'https://a.example' | redirect_uris wrong_type",
                "'redirect_uris': ['https://a.example', 7] | redirect_uris[1] wrong_type",
                "'redirect_uris': [null] | redirect_uris[0] wrong_type",
                "'grant_types': ['authorization_code', ''] | grant_types[1] empty",
                "'require_auth_time': 'true' | require_auth_time wrong_type",
                "'default_max_age': -1 | default_max_age wrong_type",
                "'default_max_age': 1.5 | default_max_age wrong_type",
                "'default_max_age': 2147483648 | default_max_age wrong_type",
                "'default_max_age': 1e9999 | default_max_age wrong_type",
                "'default_max_age': '60' | default_max_age wrong_type",
                "'jwks': '{}' | jwks wrong_type",
                "'jwks': [] | jwks wrong_type",
                "'vp_formats_supported': [] | vp_formats_supported wrong_type",
                "'contacts': 'me@client.example' | contacts wrong_type",
                "'default_acr_values': 'loa2' | default_acr_values wrong_type",
                "'authorization_details_types': 'payment' | authorization_details_types wrong_type",
                "'client_name#fr': 7 | client_name#fr wrong_type"
            })
    @DisplayName("RFC 7591 §2: each member has its JSON type")
    @Tag("RFC7591-2-contacts")
    @Tag("RFC7591-2-types")
    @Tag("OIDCR-2-default_max_age")
    @Tag("OIDCR-2-default_acr_values")
    @Tag("RFC9396-10-types")
    void refusesOtherTypes(String member, String fault) {
        assertThat(faults("{" + member + "}")).containsExactly(fault);
        assertThat(READER.read(json("{" + member + "}")).metadata().json()).isEmpty();
    }

    @Test
    @DisplayName("RFC 7591 §3.2.2: what is wrong with redirect_uris is invalid_redirect_uri")
    @Tag("RFC7591-3.2.2-invalid_redirect_uri")
    @Tag("RFC7591-3.2.2-invalid_client_metadata")
    void kinds() {
        assertThat(READER.read(json("{'redirect_uris': 7, 'contacts': 7}")).violations())
                .extracting(Violation::kind)
                .containsExactly(Kind.INVALID_CLIENT_METADATA, Kind.INVALID_REDIRECT_URI);
    }

    @Test
    @DisplayName("RFC 6749 §3.3: no scope is empty; an empty one is as good as left out")
    void emptyScope() {
        var read = READER.read(json("{'scope': ''}"));
        assertThat(read.metadata().json()).isEmpty();
        assertThat(read.violations()).isEmpty();
    }

    @Test
    @DisplayName("RFC 7592 §2.2: null is as good as left out")
    @Tag("RFC7592-2.2-null")
    void nulls() {
        var read = READER.read(json("{'client_name': null, 'redirect_uris': null, 'unheard_of': null}"));
        assertThat(read.violations()).isEmpty();
        assertThat(read.metadata().json()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_name#fr",
                "client_name#ja-Jpan-JP",
                "tos_uri#de-CH-1996",
                "logo_uri#zh-Hant",
                "policy_uri#x-private",
                "client_uri#EN"
            })
    @DisplayName("RFC 7591 §2.2: human-readable members in several languages")
    @Tag("RFC7591-2.2-tags")
    @Tag("OIDCR-2-client_name")
    @Tag("OIDCR-2.1-tags")
    void languageTags(String name) {
        assertThat(READER.read(json("{'" + name + "': 'x'}")).metadata().has(name))
                .isTrue();
        assertThat(READER.isKnown(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_name#",
                "client_name#f",
                "client_name#fr#de",
                "client_name#fr fr",
                "client_name#languages",
                "redirect_uris#fr",
                "scope#fr",
                "#fr",
                "unheard_of#fr"
            })
    @DisplayName("RFC 7591 §2.2: other names with a # are names that nobody knows")
    @Tag("RFC7591-2.2-well-formed")
    @Tag("OIDCR-2.1-tags")
    void noLanguageTags(String name) {
        assertThat(READER.read(json("{'" + name + "': 'x'}")).metadata().json()).isEmpty();
        assertThat(READER.isKnown(name)).isFalse();
    }

    @Test
    @DisplayName("RFC 7591 §2: unknown members are ignored, stored or refused, as configured")
    @Tag("RFC7591-2-unknown")
    @Tag("OIDCR-2-unknown")
    void unknownMembers() {
        var request = json("{'unheard_of': [1], 'iss': 'x', 'software_statement': 'y'}");
        assertThat(READER.read(request).metadata().json()).isEmpty();
        var storing = new MetadataReader(UnknownMetadata.STORE, Set.of());
        assertThat(storing.read(request).metadata().json().keySet()).containsExactly("unheard_of");
        var refusing = new MetadataReader(UnknownMetadata.REJECT, Set.of());
        assertThat(refusing.read(request).metadata().json()).isEmpty();
        assertThat(refusing.read(request).violations())
                .extracting(Violation::field)
                .containsExactly("unheard_of");
    }

    @Test
    void configuredMembersAreKnownWithAnyValue() {
        assertThat(READER.read(json("{'tpp_reference': {'a': 1}}")).metadata().json())
                .containsKey("tpp_reference");
        var refusing = new MetadataReader(UnknownMetadata.REJECT, Set.of("tpp_reference", "aud"));
        assertThat(refusing.read(json("{'tpp_reference': 1, 'aud': 'x', 'iat': 7}"))
                        .metadata()
                        .json()
                        .keySet())
                .containsExactly("tpp_reference", "aud");
    }

    @Test
    void theStatementIsNoMemberOfTheMetadata() {
        var reader = new MetadataReader(UnknownMetadata.STORE, Set.of("software_statement"));
        assertThat(reader.read(json("{'software_statement': 'x'}")).metadata().json())
                .isEmpty();
    }

    @Test
    @DisplayName("RFC 7591 §3.1: what the server sets is left out, and named")
    @Tag("RFC7591-3.1-identifier")
    void serverOwnedMembers() {
        var read = READER.read(json("{'client_id': 'a', 'client_secret': 7, 'client_id_issued_at': 1,"
                + " 'registration_access_token': 't', 'client_name': 'A'}"));
        assertThat(read.metadata().json().keySet()).containsExactly("client_name");
        assertThat(read.serverOwned())
                .containsExactlyInAnyOrder(
                        "client_id", "client_secret", "client_id_issued_at", "registration_access_token");
        assertThat(read.violations()).isEmpty();
    }

    @Test
    void listsAndStringsAreBounded() {
        var uris = "'https://a.example',".repeat(100);
        assertThat(faults("{'redirect_uris': [" + uris.substring(0, uris.length() - 1) + "]}"))
                .isEmpty();
        assertThat(faults("{'redirect_uris': [" + uris + "'https://a.example']}"))
                .containsExactly("redirect_uris too_many");
        assertThat(faults("{'client_name': '" + "x".repeat(2048) + "'}")).isEmpty();
        assertThat(faults("{'client_name': '" + "x".repeat(2049) + "'}")).containsExactly("client_name too_long");
    }

    @Test
    void membersAndLanguagesAreBounded() {
        assertThat(faults(members("x", 500))).isEmpty();
        assertThat(faults(members("x", 501))).containsExactly(" too_many");
        assertThat(faults(members("client_name#x", 50))).isEmpty();
        assertThat(faults(members("client_name#x", 51))).containsExactly("client_name too_many_languages");
        assertThat(faults(members("client_name#x", 10_000)))
                .containsExactly(" too_many", "client_name too_many_languages");
        var strict = new MetadataReader(UnknownMetadata.REJECT, Set.of());
        assertThat(strict.read(json(members("x", 10_000))).violations()).hasSizeLessThanOrEqualTo(501);
    }

    /** So many members, whose names end in numbers that are well-formed subtags. */
    private static String members(String name, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "'" + name + "-" + (10_000 + i) + "': 'A'")
                .collect(joining(",", "{", "}"))
                .replace("#x-", "#en-x-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u001b[31m", "\\ud800", "\\u0085"})
    void textIsStorable(String text) {
        assertThat(faults("{'client_name': 'a" + text + "b'}")).containsExactly("client_name bad_character");
        assertThat(faults("{'tpp_reference': [{'a': 'a" + text + "b'}]}"))
                .containsExactly("tpp_reference bad_character");
        assertThat(faults("{'contacts': ['a', '" + text + "']}")).containsExactly("contacts bad_character");
    }

    @Test
    @Tag("RFC7591-2.2-as-is")
    void textOfAnyLanguageIsStorable() {
        assertThat(faults("{'client_name': 'Grüße, 日本 \\ud83d\\ude00\\n'}")).isEmpty();
    }
}
