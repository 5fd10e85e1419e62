package dev.dcr.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.0", "172.32.0.1", "2606:4700::1111"})
    void letsPublicAddressesThrough(String address) throws UnknownHostException {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd00::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "100::1",
                "::127.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b:1::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "fec0::1",
                "fd00:ec2::254",
                "3fff::1"
            })
    void keepsEverythingElseIn(String address) throws UnknownHostException {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void refusesANameThatLeadsHome() {
        assertThatExceptionOfType(AddressRefused.class)
                .isThrownBy(() -> new PublicAddresses(SystemDefaultDnsResolver.INSTANCE).resolve("localhost"));
    }

    /** A name under an attacker's control: it answers with a public address for the check, and leads home afterwards. */
    @Test
    void checksEachAnswerOfANameAndHandsOutNoOther() throws UnknownHostException {
        var answers = new ArrayDeque<>(List.of("8.8.8.8 127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1 1.1.1.1"));
        var addresses = new PublicAddresses(answering(answers));
        assertThat(addresses.resolve("rebinding.example")).containsExactly(InetAddress.getByName("8.8.8.8"));
        assertThatExceptionOfType(AddressRefused.class).isThrownBy(() -> addresses.resolve("rebinding.example"));
        assertThat(addresses.resolve("rebinding.example")).containsExactly(InetAddress.getByName("1.1.1.1"));
    }

    private static DnsResolver answering(Queue<String> answers) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                var literals = answers.remove().split(" ", -1);
                var addresses = new InetAddress[literals.length];
                for (var i = 0; i < literals.length; i++) addresses[i] = InetAddress.getByName(literals[i]);
                return addresses;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }
}
