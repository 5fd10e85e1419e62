package dev.dcr.request;

import static dev.dcr.request.Ecosystem.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** What holds of every request under every statement, in the profiles that take plain requests. */
class BoundRequestTest {
    private static final Map<String, Ecosystem> OPEN = new ConcurrentHashMap<>();

    /** Members that a request or a statement may say something about, each with good and bad values. */
    private static final JsonObject VALUES = json("""
            {'redirect_uris': [['https://a.example/1'], ['https://a.example/2', 'https://a.example/1'], [],
                               ['http://a.example/1'], ['https://c.example/3']],
             'software_redirect_uris': [['https://a.example/1'], ['https://a.example/1', 'https://a.example/2']],
             'scope': ['openid', 'openid accounts', 'accounts  openid', 'payments', ''],
             'client_name': ['Mine', 'Stated', '', 7], 'client_name#fr': ['Le mien'], 'software_client_name': ['Software'],
             'jwks': [{'keys': []}, {'keys': [{'kty': 'oct'}]}],
             'jwks_uri': ['https://a.example/jwks', 'http://a.example/jwks'],
             'software_jwks_endpoint': ['https://d.example/jwks'], 'software_jwks_uri': ['https://d.example/keys'],
             'grant_types': [['authorization_code'], ['client_credentials'], ['implicit'], []],
             'response_types': [['code'], ['code id_token'], ['token'], []],
             'token_endpoint_auth_method': ['private_key_jwt', 'client_secret_basic', 'none', 'tls_client_auth'],
             'tls_client_auth_subject_dn': ['CN=a', 'a'], 'application_type': ['web', 'native', 'mobile'],
             'id_token_signed_response_alg': ['PS256', 'RS256', 'none'], 'id_token_encrypted_response_alg': ['RSA-OAEP'],
             'software_id': ['one', 'two'], 'software_version': ['1', 1.5], 'software_roles': [['DADOS'], 'PAGTO'],
             'contacts': [['a@a.example'], 'a'], 'tos_uri': ['https://a.example/tos', 'a'], 'org_id': ['org', null],
             'client_id': ['mine'], 'unheard_of': [1], 'iss': ['directory'], 'jti': ['x']}
            """);

    @Provide
    static Arbitrary<String> profiles() {
        return Arbitraries.of("oauth", "oidc", "fapi", "open-finance-brazil");
    }

    @Provide
    static Arbitrary<JsonObject> requests() {
        return changed(json("""
                {'redirect_uris': ['https://a.example/1'], 'token_endpoint_auth_method': 'private_key_jwt',
                 'jwks_uri': 'https://d.example/keys'}"""));
    }

    @Provide
    static Arbitrary<JsonObject> statements() {
        return changed(json("""
                {'software_redirect_uris': ['https://a.example/1', 'https://a.example/2'], 'software_roles': ['DADOS'],
                 'software_jwks_uri': 'https://d.example/keys', 'software_id': 'one'}"""));
    }

    /** What every profile accepts, with up to four members set to one of their values, or taken away. */
    private static Arbitrary<JsonObject> changed(JsonObject sound) {
        var names = new ArrayList<>(VALUES.keySet());
        return Arbitraries.randomValue(random -> {
            var object = StrictJson.PROVIDER.createObjectBuilder(sound);
            for (var changes = random.nextInt(5); changes > 0; changes--) {
                var name = names.get(random.nextInt(names.size()));
                var values = VALUES.getJsonArray(name);
                if (random.nextInt(8) == 0) object.remove(name);
                else object.add(name, values.get(random.nextInt(values.size())));
            }
            return object.build();
        });
    }

    private static Ecosystem ecosystem(String profile) {
        return OPEN.computeIfAbsent(profile, name -> {
            try {
                return new Ecosystem(name, "directory");
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        });
    }

    @AfterContainer
    static void close() {
        OPEN.values().forEach(Ecosystem::close);
        OPEN.clear();
    }

    private static JsonObject stating(JsonObject claims) {
        return StrictJson.PROVIDER
                .createObjectBuilder(claims)
                .add("iss", "directory")
                .build();
    }

    private static JsonObject shuffled(JsonObject object, Random random) {
        var names = new ArrayList<>(object.keySet());
        Collections.shuffle(names, random);
        var builder = StrictJson.PROVIDER.createObjectBuilder();
        names.forEach(name -> builder.add(name, object.get(name)));
        return builder.build();
    }

    private static JsonObject stated(JsonObject claims) {
        return StatementMerge.metadataOf(claims, VALUES::containsKey);
    }

    @Property
    void whatIsAcceptedIsAcceptedAgainUnchanged(
            @ForAll("profiles") String profile,
            @ForAll("requests") JsonObject requested,
            @ForAll("statements") JsonObject claims) {
        var first = ecosystem(profile).bound(requested, stating(claims));
        if (!first.faults().isEmpty()) return;
        var again = ecosystem(profile).bound(first.metadata(), stating(claims));
        assertThat(again.faults()).isEmpty();
        assertThat(again.metadata()).isEqualTo(first.metadata());
    }

    @Property
    void everyMemberWasRequestedOrStatedOrIsADefault(
            @ForAll("profiles") String profile,
            @ForAll("requests") JsonObject requested,
            @ForAll("statements") JsonObject claims) {
        var outcome = ecosystem(profile).bound(requested, stating(claims));
        if (!outcome.faults().isEmpty()) return;
        var stated = stated(claims);
        outcome.metadata().forEach((member, value) -> {
            var said = new ArrayList<JsonValue>();
            for (var source : List.of(requested, stated)) if (source.containsKey(member)) said.add(source.get(member));
            said.removeIf(nothing ->
                    Set.of(JsonValue.NULL, JsonValue.EMPTY_JSON_ARRAY).contains(nothing));
            if (!said.isEmpty()) assertThat(said).as(member).contains(value);
        });
        assertThat(outcome.metadata().keySet()).doesNotContain("client_id", "unheard_of", "iss", "jti");
    }

    @Property
    void whatIsAcceptedIsWhatTheStatementSays(
            @ForAll("profiles") String profile,
            @ForAll("requests") JsonObject requested,
            @ForAll("statements") JsonObject claims) {
        var outcome = ecosystem(profile).bound(requested, stating(claims));
        if (!outcome.faults().isEmpty()) return;
        stated(claims).forEach((member, value) -> {
            if (Set.of("redirect_uris", "scope", "client_id", "unheard_of").contains(member)) return;
            if (!value.equals(JsonValue.EMPTY_JSON_ARRAY)) {
                assertThat(outcome.metadata()).as(member).containsEntry(member, value);
            }
        });
    }

    @Property
    void neitherTheOrderOfMembersNorOfClaimsMatters(
            @ForAll("profiles") String profile,
            @ForAll("requests") JsonObject requested,
            @ForAll("statements") JsonObject claims,
            @ForAll Random random) {
        var outcome = ecosystem(profile).bound(requested, stating(claims));
        var other = ecosystem(profile).bound(shuffled(requested, random), stating(shuffled(claims, random)));
        assertThat(other.faults()).isEqualTo(outcome.faults());
        if (outcome.faults().isEmpty()) assertThat(other.metadata()).isEqualTo(outcome.metadata());
    }
}
