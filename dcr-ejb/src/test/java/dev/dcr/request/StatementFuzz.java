package dev.dcr.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dcr.error.RegistrationRefused;
import dev.dcr.fuzz.Property;
import dev.dcr.json.MalformedJson;
import dev.dcr.json.StrictJson;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a directory that is trusted may sign: any claims at all, and they meet the rules of each ecosystem. An input that
 * is no JSON is presented as a statement as it is.
 */
public final class StatementFuzz {
    private static final String ISSUER = "https://directory.example";
    private static final List<Ecosystem> ECOSYSTEMS = Stream.of(
                    "oauth", "open-banking-uk", "open-finance-brazil", "cdr-au")
            .map(StatementFuzz::ecosystem)
            .toList();

    private StatementFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var statement = statement(input);
        var request = StrictJson.PROVIDER
                .createObjectBuilder()
                .add("redirect_uris", StrictJson.PROVIDER.createArrayBuilder().add("https://client.example/cb"))
                .add("software_statement", statement)
                .build();
        for (var ecosystem : ECOSYSTEMS) {
            try {
                ecosystem.faults(request).forEach(Property::fitToTell);
            } catch (RegistrationRefused refused) {
                Property.fitToTell(refused.error().description());
            }
        }
    }

    private static String statement(byte[] input) {
        try {
            return Ecosystem.sign(ours(StrictJson.object(input)));
        } catch (MalformedJson raw) {
            return new String(input, UTF_8);
        }
    }

    /** Of a trusted issuer and current, or else hardly a claim would be looked at. */
    private static JsonObject ours(JsonObject claims) {
        return StrictJson.PROVIDER
                .createObjectBuilder(claims)
                .add("iss", ISSUER)
                .add("iat", Ecosystem.NOW.getEpochSecond())
                .build();
    }

    private static Ecosystem ecosystem(String profile) {
        try {
            return new Ecosystem(profile, ISSUER);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
