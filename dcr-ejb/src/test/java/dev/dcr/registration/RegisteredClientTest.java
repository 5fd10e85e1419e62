package dev.dcr.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RegisteredClientTest {
    @Provide
    static Arbitrary<Map<String, String>> metadata() {
        var names =
                Arbitraries.of("client_name", "client_name#ja-Jpan-JP", "scope", "tpp \"reference\"", "software_id");
        return Arbitraries.maps(names, Arbitraries.strings().excludeChars('\0').filter(RegisteredClientTest::isWhole));
    }

    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    @Property
    void saysWhatWasDescribed(@ForAll("metadata") Map<String, String> members) {
        var json = StrictJson.PROVIDER.createObjectBuilder();
        members.forEach(json::add);
        var described = new ClientMetadata(json.build());
        var client = new RegisteredClient("client", Instant.EPOCH);
        client.describe(described, Instant.EPOCH);
        assertThat(client.metadata()).isEqualTo(described);
    }

    @Test
    void sharesNoChangeWithItsCopy() {
        var client = new RegisteredClient("client", Instant.EPOCH);
        client.describe(new ClientMetadata(StrictJson.object("{\"scope\": \"one\"}")), Instant.EPOCH);
        var copy = client.copy();
        copy.describe(new ClientMetadata(StrictJson.object("{\"scope\": \"other\"}")), Instant.EPOCH);
        assertThat(copy.clientId()).isEqualTo("client");
        assertThat(client.metadata().string("scope")).hasValue("one");
    }
}
