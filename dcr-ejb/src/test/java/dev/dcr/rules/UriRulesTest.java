package dev.dcr.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.metadata.Member;
import dev.dcr.metadata.MemberType;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriRulesTest {
    private static final Trial OIDC = Trial.under(Profile.OIDC);

    private static String client(String members) {
        return "{'redirect_uris': ['https://client.example/cb'], %s}".formatted(members);
    }

    static Stream<String> httpsMembers() {
        return Member.all().stream()
                .filter(member -> member.type() == MemberType.HTTPS_URI && !member.serverOwned())
                .map(Member::name);
    }

    @ParameterizedTest
    @MethodSource("httpsMembers")
    @DisplayName("RFC 7591 §2: the addresses in metadata are https URIs")
    @Tag("RFC7591-2-client_uri")
    @Tag("RFC7591-2-logo_uri")
    @Tag("RFC7591-2-tos_uri")
    @Tag("RFC7591-2-policy_uri")
    @Tag("RFC7591-2-jwks_uri")
    @Tag("OIDCR-2-jwks_uri")
    @Tag("OIDCR-2-sector_identifier_uri")
    @Tag("OIDCR-2-initiate_login_uri")
    @Tag("FRONTLOGOUT-2-https")
    @Tag("BACKLOGOUT-2.2-https")
    @Tag("CIBA-4-notification_endpoint-https")
    void https(String member) {
        assertThat(OIDC.faults(client("'" + member + "': 'https://client.example/x'")))
                .isEmpty();
        assertThat(OIDC.faults(client("'" + member + "': 'http://client.example/x'")))
                .contains(member + " not_https");
        assertThat(OIDC.faults(client("'" + member + "': 'javascript:alert(1)'")))
                .contains(member + " not_https");
        assertThat(OIDC.faults(client("'" + member + "': 'not a uri'"))).contains(member + " not_a_uri");
        assertThat(OIDC.faults(client("'" + member + "': ''"))).containsExactly(member + " empty");
    }

    @Test
    @DisplayName("RFC 7591 §2.2: translations are checked like the member itself")
    @Tag("RFC7591-2.2-rules")
    void translations() {
        assertThat(OIDC.faults(
                        client("'tos_uri#fr': 'http://client.example/cgu', 'tos_uri': 'https://client.example/tos#x'")))
                .containsExactly("tos_uri#fr not_https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jwks_uri",
                "frontchannel_logout_uri",
                "backchannel_logout_uri",
                "sector_identifier_uri",
                "initiate_login_uri"
            })
    @DisplayName("OIDC Back-Channel Logout §2.2: an endpoint has no fragment")
    @Tag("RFC7591-2-jwks_uri")
    @Tag("FRONTLOGOUT-2-fragment")
    @Tag("BACKLOGOUT-2.2-fragment")
    void endpointsHaveNoFragment(String member) {
        assertThat(OIDC.faults(client("'" + member + "': 'https://client.example/x#y'")))
                .containsExactly(member + " has_fragment");
    }

    @Test
    @DisplayName("OIDC Core §6.2: a request URI may carry the hash of what it leads to")
    @Tag("OIDCR-2-request_uris")
    void requestUris() {
        assertThat(
                        OIDC.faults(
                                client(
                                        "'request_uris': ['https://client.example/ro.jwt#GkurKxf5T0Y-mnPFCHqWOMiZi4VS138cQO_V7PZHAdM', 'http://client.example/x', 'urn:x:y']")))
                .containsExactly("request_uris[1] not_https", "request_uris[2] not_https");
    }

    @ParameterizedTest
    @CsvSource({
        "https://client.example/out, true",
        "https://client.example:443/out, true",
        "https://client.example:8443/out, false",
        "https://other.example/out, false"
    })
    @DisplayName("OIDC Front-Channel Logout §2: the origin of a redirection URI")
    @Tag("FRONTLOGOUT-2-origin")
    void frontChannelLogout(String uri, boolean accepted) {
        var faults = OIDC.faults(client("'frontchannel_logout_uri': '" + uri + "'"));
        if (accepted) assertThat(faults).isEmpty();
        else assertThat(faults).containsExactly("frontchannel_logout_uri other_origin");
    }

    @Test
    @DisplayName("OIDC Core §8.1: pairwise subjects over several hosts need a sector_identifier_uri")
    @Tag("OIDCCORE-8.1-sector")
    void sectorOfPairwise() {
        var hosts = "{'redirect_uris': ['https://a.example/cb', 'https://b.example/cb'], 'subject_type': 'pairwise'%s}";
        assertThat(OIDC.faults(hosts.formatted(""))).containsExactly("sector_identifier_uri required");
        assertThat(OIDC.faults(hosts.formatted(", 'sector_identifier_uri': 'https://a.example/s.json'")))
                .isEmpty();
        assertThat(OIDC.faults(client("'subject_type': 'pairwise'"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "openid profile, true",
        "accounts:read https://api.example/x, true",
        "!#[]~, true",
        "' openid', false",
        "'openid ', false",
        "'openid  profile', false",
        "'open\\\\\\\\id', false",
        "'openid\\tprofile', false",
        "'öpenid', false"
    })
    @DisplayName("RFC 6749 §3.3: the syntax of scope")
    @Tag("RFC7591-2-scope")
    void scope(String scope, boolean accepted) {
        var faults = OIDC.faults(client("'scope': '" + scope + "'"));
        if (accepted) assertThat(faults).isEmpty();
        else assertThat(faults).containsExactly("scope bad_scope");
    }

    @Test
    @DisplayName("CIBA §4: the delivery mode is needed, and an endpoint for notifications")
    @Tag("CIBA-4-delivery_mode")
    @Tag("CIBA-4-notification_endpoint")
    void ciba() {
        var client = "{'grant_types': ['urn:openid:params:grant-type:ciba']%s}";
        assertThat(OIDC.faults(client.formatted(""))).containsExactly("backchannel_token_delivery_mode required");
        assertThat(OIDC.faults(client.formatted(", 'backchannel_token_delivery_mode': 'poll'")))
                .isEmpty();
        assertThat(OIDC.faults(client.formatted(", 'backchannel_token_delivery_mode': 'ping'")))
                .containsExactly("backchannel_client_notification_endpoint required");
        assertThat(
                        OIDC.faults(
                                client.formatted(
                                        ", 'backchannel_token_delivery_mode': 'push', 'backchannel_client_notification_endpoint': 'https://client.example/n'")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "poll, '', jwks_uri required",
        "ping, '', jwks_uri required",
        "poll, jwks_uri, ''",
        "ping, jwks_uri, ''",
        "ping, sector_identifier_uri, jwks_uri required",
        "push, '', ''"
    })
    @DisplayName("CIBA §4: pairwise subjects take their sector from jwks_uri in the modes poll and ping")
    @Tag("CIBA-4-pairwise-keys")
    @Tag("CIBA-4-pairwise-push")
    void pairwiseBackchannel(String mode, String member, String fault) {
        var client = """
                {'grant_types': ['urn:openid:params:grant-type:ciba'], 'subject_type': 'pairwise',
                 'backchannel_token_delivery_mode': '%s', '%s': 'https://client.example/x'%s}
                """;
        var notified = mode.equals("poll") ? "" : ", 'backchannel_client_notification_endpoint': 'https://c.example/n'";
        var faults = OIDC.faults(client.formatted(mode, member.isEmpty() ? "client_uri" : member, notified));
        if (fault.isEmpty()) assertThat(faults).isEmpty();
        else assertThat(faults).containsExactly(fault);
    }

    @Test
    @DisplayName("CIBA §4: public subjects have no sector")
    void publicBackchannel() {
        assertThat(OIDC.faults("{'grant_types': ['urn:openid:params:grant-type:ciba'], 'subject_type': 'public',"
                        + " 'backchannel_token_delivery_mode': 'poll'}"))
                .isEmpty();
    }
}
