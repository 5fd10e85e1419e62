package dev.dcr.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClientIdTest {

    @Test
    @Tag("RFC7591-3.2.1-client_id")
    @Tag("OIDCR-3.2-client_id")
    void isUrlSafeShortAndUnique() {
        var ids = Stream.generate(ClientId::next).limit(1000).toList();
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[A-Za-z0-9][A-Za-z0-9_-]{23}"));
    }
}
