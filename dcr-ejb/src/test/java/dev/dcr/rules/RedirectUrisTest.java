package dev.dcr.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dcr.error.Violation;
import dev.dcr.error.Violation.Kind;
import jakarta.json.Json;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUrisTest {
    private static final Trial OAUTH = Trial.under(Profile.OAUTH);

    private static String client(String uri, String type) {
        var application = type.isEmpty() ? "" : ", 'application_type': '" + type + "'";
        return "{'redirect_uris': ['" + uri.replace("\\", "\\\\") + "']" + application + "}";
    }

    @ParameterizedTest
    @DisplayName("RFC 6749 §3.1.2: a web client registers https addresses, queries and ports included")
    @ValueSource(
            strings = {
                "https://client.example.org/callback",
                "https://client.example.org",
                "https://client.example.org:8443/cb?tenant=1&x=%20y",
                "https://[2001:db8::1]/cb",
                "https://localhost/cb",
                "https://xn--bcher-kva.example/cb",
                "https://xn--eckwd4c7cu47r2wf.jp/cb"
            })
    @Tag("RFC7591-2-redirect_uris-support")
    void webAccepts(String uri) {
        assertThat(OAUTH.faults(client(uri, "web"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://client.example.org/cb, not_https",
        "http://localhost/cb, not_https",
        "com.example.app:/cb, not_https",
        "https://client.example.org/cb#x, has_fragment",
        "https://client.example.org/cb#, has_fragment",
        "https://user:secret@client.example.org/cb, has_userinfo",
        "https://client.example.org@evil.example/cb, has_userinfo",
        "https://*.example.org/cb, has_wildcard",
        "https://client.example.org/*, has_wildcard",
        "https://client.example.org/a/../b, has_dot_segment",
        "https://client.example.org/a/%2e%2E/b, has_dot_segment",
        "https://client.example.org/., has_dot_segment",
        "https://client.example.org/%0d%0aSet-Cookie:x, bad_character",
        "https://client.example.org/%00, bad_character",
        "https://client.example.org/%5c, bad_character",
        "https://client.example.org\\@evil.example/, not_a_uri",
        "https://client example.org/, not_a_uri",
        "https://client.example.org/%zz, not_a_uri",
        "https://bücher.example/cb, not_a_uri",
        "/callback, not_a_uri",
        "client.example.org/callback, not_a_uri",
        "https:///cb, no_host",
        "https:cb, no_host",
        "https://a_b.example/cb, no_host",
        "https://client.example.org:0/cb, bad_port",
        "https://client.example.org:65536/cb, bad_port",
        "https://xn--pple-43d.example/cb, mixed_scripts"
    })
    @Tag("RFC7591-5-redirect-forms")
    @Tag("RFC7591-5-impersonation")
    @Tag("OIDCR-2-web-https")
    @Tag("RFC6749-3.1.2-fragment")
    @Tag("RFC6749-3.1.2-absolute")
    @Tag("RFC9700-2.1-exact")
    @Tag("RFC9700-2.6-http")
    void webRefuses(String uri, String code) {
        assertThat(OAUTH.faults(client(uri, "web"))).contains("redirect_uris[0] " + code);
    }

    @ParameterizedTest
    @DisplayName(
            "RFC 8252 §7: a native client uses a scheme of its own, claimed https or a loopback address on any port")
    @ValueSource(
            strings = {
                "com.example.app:/oauth2redirect/provider",
                "com.example.app://callback",
                "https://app.example.org/cb",
                "http://localhost/cb",
                "http://localhost:51004/cb",
                "http://127.0.0.1:51004/cb",
                "http://[::1]:51004/cb"
            })
    @Tag("RFC7591-5-redirect-forms")
    @Tag("OIDCR-2-native")
    @Tag("RFC8252-7.2-https")
    @Tag("RFC8252-7.3-port")
    @Tag("RFC8252-8.3-localhost")
    void nativeAccepts(String uri) {
        assertThat(OAUTH.faults(client(uri, "native"))).isEmpty();
        assertThat(OAUTH.faults(client(uri, ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://client.example.org/cb, not_https",
        "http://localhost.evil.example/cb, not_https",
        "http://127.0.0.2/cb, not_https",
        "http://127.1/cb, no_host",
        "myapp:/cb, scheme_without_domain",
        "my-app://cb, scheme_without_domain",
        "javascript:alert(1), forbidden_scheme",
        "JavaScript:alert(1), forbidden_scheme",
        "data:text/html;base64;x, forbidden_scheme",
        "file:///etc/passwd, forbidden_scheme",
        "vbscript:x, forbidden_scheme",
        "blob:https://x/y, forbidden_scheme",
        "urn:ietf:wg:oauth:2.0:oob, forbidden_scheme",
        "com.example.app:/cb#x, has_fragment"
    })
    @Tag("RFC7591-5-redirect-forms")
    @Tag("OIDCR-2-native-http")
    @Tag("RFC8252-7.1-scheme")
    @Tag("RFC8252-8.4-period")
    @Tag("RFC9700-2.6-http")
    void nativeRefuses(String uri, String code) {
        assertThat(OAUTH.faults(client(uri, "native"))).contains("redirect_uris[0] " + code);
    }

    @Test
    @DisplayName("RFC 7591 §3.2.2: one good URI does not wave bad ones through, and each bad one is named")
    @Tag("RFC7591-3.2.2-invalid_redirect_uri")
    @Tag("OIDCR-2-verify")
    void everyUriIsChecked() {
        assertThat(OAUTH.violations(
                        "{'redirect_uris': ['https://a.example/cb', 'http://b.example/cb', 'https://c.example/#d']}"))
                .extracting(Violation::field, Violation::kind)
                .containsExactly(
                        tuple("redirect_uris[1]", Kind.INVALID_REDIRECT_URI),
                        tuple("redirect_uris[2]", Kind.INVALID_REDIRECT_URI));
    }

    @Test
    void aUriListedTwiceIsADuplicate() {
        assertThat(OAUTH.faults("{'redirect_uris': ['https://a.example/cb', 'https://a.example/cb']}"))
                .containsExactly("redirect_uris[1] duplicate");
    }

    @Test
    @DisplayName("RFC 9700 §4.1.3: URIs that differ in a letter's case or a slash are different URIs")
    @Tag("OIDCR-6-strings")
    @Tag("RFC8252-8.4-complete")
    @Tag("RFC9700-2.1-exact")
    void nothingIsNormalised() {
        assertThat(OAUTH.faults(
                        "{'redirect_uris': ['https://a.example/cb', 'https://A.example/cb', 'https://a.example/cb/']}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST.",
                "app.localhost",
                "127.0.0.1",
                "127.1.2.3",
                "0.0.0.0",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]"
            })
    @DisplayName("OIDC Registration §2: a web client with the implicit grant must not use localhost, however written")
    @Tag("OIDCR-2-web-localhost")
    void implicitWebClientsAreNotLocal(String host) {
        assertThat(Trial.under(Profile.OIDC)
                        .faults(
                                "{'redirect_uris': ['https://%s/cb'], 'grant_types': ['implicit'], 'response_types': ['id_token']}"
                                        .formatted(host)))
                .containsExactly("redirect_uris[0] localhost");
    }

    @Test
    @DisplayName("OIDC Registration §2: application_type is web unless given")
    @Tag("OIDCR-2-application_type")
    void openIdClientsAreWebClients() {
        assertThat(Trial.under(Profile.OIDC).faults("{'redirect_uris': ['http://localhost/cb']}"))
                .containsExactly("redirect_uris[0] not_https");
    }

    @Test
    @DisplayName("OIDC RP-Initiated Logout §3.1: post-logout addresses follow the same rules")
    @Tag("RPLOGOUT-3.1-https")
    @Tag("RPLOGOUT-3.1-http")
    void postLogoutAddresses() {
        assertThat(
                        OAUTH.faults(
                                "{'redirect_uris': ['https://a.example/cb'], 'post_logout_redirect_uris': ['http://a.example/bye']}"))
                .containsExactly("post_logout_redirect_uris[0] not_https");
    }

    @Test
    @DisplayName("OIDC RP-Initiated Logout §3.1: an app is called back at a scheme of its own")
    @Tag("RPLOGOUT-3.1-native")
    void nativePostLogoutAddresses() {
        assertThat(
                        OAUTH.faults(
                                "{'redirect_uris': ['com.example.app:/cb'], 'application_type': 'native', 'post_logout_redirect_uris': ['com.example.app:/bye']}"))
                .isEmpty();
    }

    @Property
    void noTextBreaksTheCheck(@ForAll String uri) {
        var request = Json.createObjectBuilder()
                .add("redirect_uris", Json.createArrayBuilder().add(uri))
                .build();
        assertThat(OAUTH.violations(request))
                .allSatisfy(violation -> assertThat(violation.message()).matches("[ !#-\\[\\]-~]*"));
    }
}
