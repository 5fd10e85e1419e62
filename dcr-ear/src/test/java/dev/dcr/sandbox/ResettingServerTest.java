package dev.dcr.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class ResettingServerTest {

    @Test
    void resetsWhoeverSpeaksToIt() throws Exception {
        try (var server = ResettingServer.start();
                var connection = new Socket(
                        InetAddress.getLoopbackAddress(), server.url().getPort())) {
            connection.setSoTimeout(10_000);
            connection.getOutputStream().write('G');
            assertThatThrownBy(() -> connection.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
