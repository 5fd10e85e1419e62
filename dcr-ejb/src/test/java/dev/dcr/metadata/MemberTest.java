package dev.dcr.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemberTest {
    @Test
    @DisplayName("RFC 7591 §3.2.1 and RFC 7592 §3: what the server sets")
    void serverOwned() {
        assertThat(Member.all().stream().filter(Member::serverOwned).map(Member::name))
                .containsExactly(
                        "client_id",
                        "client_secret",
                        "client_id_issued_at",
                        "client_secret_expires_at",
                        "registration_access_token",
                        "registration_client_uri");
        assertThat(Member.isServerOwned("client_id")).isTrue();
        assertThat(Member.isServerOwned("client_name")).isFalse();
    }

    @Test
    @DisplayName("RFC 7591 §2.2: the human-readable members of RFC 7591")
    @Tag("RFC7591-2.2-members")
    void taggable() {
        assertThat(Stream.of("client_name", "client_uri", "logo_uri", "tos_uri", "policy_uri")
                        .map(Member::named))
                .allMatch(member -> member.orElseThrow().taggable());
    }

    @Test
    void whatAMemberNeedsIsKnown() {
        assertThat(Member.all().stream().flatMap(member -> member.needs().stream()))
                .isNotEmpty()
                .allMatch(name -> Member.named(name).isPresent());
    }

    @Test
    void everyMemberNamesItsSource() {
        assertThat(Member.all()).allMatch(member -> !member.source().isBlank());
    }
}
