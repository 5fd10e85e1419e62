package dev.dcr.endpoint;

import static dev.dcr.endpoint.Settings.network;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.config.Network;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAddressTest {
    static final List<Network> PROXIES = List.of(network("10.0.0.0", 8), network("2001:db8:1::", 48));

    @Test
    void aStrangerSpeaksForNobodyElse() {
        assertThat(SourceAddress.of("192.0.2.1", List.of("203.0.113.9"), PROXIES))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void aTrustedProxyNamesItsPeer() {
        assertThat(SourceAddress.of("10.0.0.1", List.of("203.0.113.9"), PROXIES))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void whatTheCallerClaimedItselfIsNotBelieved() {
        assertThat(SourceAddress.of("10.0.0.1", List.of("127.0.0.1", "203.0.113.9", "10.0.0.2"), PROXIES))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void anUnreadableHopEndsTheSearch() {
        assertThat(SourceAddress.of("10.0.0.1", List.of("203.0.113.9", "unknown", "10.0.0.2"), PROXIES))
                .isEqualTo("10.0.0.2");
    }

    @Test
    void aProxyThatNamesNobodyIsTheSource() {
        assertThat(SourceAddress.of("10.0.0.1", List.of(), PROXIES)).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1:4711, 192.0.2.1",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]:4711, 2001:db8:0:0:0:0:0:1",
        "::ffff:192.0.2.1, 192.0.2.1"
    })
    void addressesMayHaveAPort(String hop, String address) {
        assertThat(SourceAddress.of("10.0.0.1", List.of(hop), PROXIES)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "300.1.1.1", "1.2.3", "_hidden", "", ":::", "1:2", "0x7f.0.0.1"})
    void onlyLiteralsAreAddresses(String hop) {
        assertThat(SourceAddress.address(hop)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8:0:0:0:0:0:1, 2001:db8:0:0:ffff:0:0:2, true",
        "2001:db8:0:0:0:0:0:1, 2001:db8:0:1:0:0:0:1, false"
    })
    void oneNetworkOfIpv6IsOneSource(String one, String other, boolean same) {
        assertThat(SourceAddress.network(one).equals(SourceAddress.network(other)))
                .isEqualTo(same);
    }
}
