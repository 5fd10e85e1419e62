package dev.dcr.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.Member;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

class RuleBookTest {
    private static final List<JsonValue> VALUES = List.of(
            value("'https://client.example/cb'"),
            value("'http://client.example/cb'"),
            value("['https://client.example/cb']"),
            value("['http://client.example/cb', 'https://client.example/cb#']"),
            value("'none'"),
            value("'private_key_jwt'"),
            value("'tls_client_auth'"),
            value("['implicit']"),
            value("['client_credentials']"),
            value("['code', 'code id_token']"),
            value("'RS256'"),
            value("'HS256'"),
            value("'RSA-OAEP'"),
            value("'A256GCM'"),
            value("true"),
            value("false"),
            value("null"),
            value("7"),
            value("''"),
            value("'openid profile'"),
            value("'CN=x'"),
            value("'native'"),
            value("'pairwise'"),
            value("{'keys': [{'kty': 'oct'}, {}]}"),
            value("['x', 7]"),
            value("[]"));

    private static JsonValue value(String json) {
        return Trial.json("{'v': " + json + "}").get("v");
    }

    @Provide
    static Arbitrary<Map<String, JsonValue>> requests() {
        var names = new ArrayList<>(Member.all().stream().map(Member::name).toList());
        names.addAll(List.of("client_name#fr", "tos_uri#ja-Jpan-JP", "redirect_uris#fr", "unheard_of", "iss", "jti"));
        // the members that hang together come often
        for (var i = 0; i < 5; i++) {
            names.addAll(List.of(
                    "redirect_uris",
                    "grant_types",
                    "response_types",
                    "token_endpoint_auth_method",
                    "jwks",
                    "application_type"));
        }
        return Arbitraries.maps(Arbitraries.of(names), Arbitraries.of(VALUES)).ofMaxSize(12);
    }

    @Property
    void violationsDoNotDependOnMemberOrder(
            @ForAll("requests") Map<String, JsonValue> members, @ForAll Profile profile, @ForAll Random random) {
        var names = new ArrayList<>(members.keySet());
        Collections.shuffle(names, random);
        var shuffled = Json.createObjectBuilder();
        names.forEach(name -> shuffled.add(name, members.get(name)));
        var trial = Trial.under(profile);
        assertThat(trial.violations(shuffled.build())).isEqualTo(trial.violations(object(members)));
    }

    @Property
    void whatIsAcceptedIsAcceptedAgainUnchanged(
            @ForAll("requests") Map<String, JsonValue> members, @ForAll Profile profile) {
        var trial = Trial.under(profile);
        var requested = object(members);
        if (!trial.violations(requested).isEmpty()) return;
        var stored = registered(trial, requested);
        assertThat(trial.violations(stored.json())).isEmpty();
        assertThat(registered(trial, stored.json())).isEqualTo(stored);
    }

    @Property
    @Tag("RFC7591-3.1-defaults")
    void nothingIsRegisteredThatWasNeitherRequestedNorADefault(
            @ForAll("requests") Map<String, JsonValue> members, @ForAll Profile profile) {
        var explicit =
                Trial.under(profile).config().reader().read(object(members)).metadata();
        assertThat(object(members).entrySet()).containsAll(explicit.json().entrySet());
        assertThat(registered(Trial.under(profile), object(members)).json().keySet())
                .noneMatch(Member::isServerOwned);
    }

    @Property
    void messagesAreAsciiWithoutQuotes(@ForAll("requests") Map<String, JsonValue> members) {
        assertThat(Trial.under(Profile.OPEN_BANKING_UK).violations(object(members)))
                .extracting(Violation::message)
                .allMatch(message -> message.matches("[ !#-\\[\\]-~]+"));
    }

    private static ClientMetadata registered(Trial trial, JsonObject requested) {
        return trial.config()
                .defaults()
                .apply(trial.config().reader().read(requested).metadata());
    }

    private static JsonObject object(Map<String, JsonValue> members) {
        var object = Json.createObjectBuilder();
        members.forEach(object::add);
        return object.build();
    }
}
