package dev.dcr.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dcr.config.Network;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.fuzz.Property;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Every header that this server reads, whatever is in it. The log tells it on one line of printable ASCII. */
public final class HeadersFuzz {
    private static final List<Network> PROXIES = List.of(Network.parse("10.0.0.0/8"));

    private HeadersFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var header = new String(input, ISO_8859_1);
        Accept.admitsJson(List.of(header));
        refusing(header, headers -> PresentedToken.of(headers).ifPresent(HeadersFuzz::check));
        refusing(header, EntityTag::ifMatch);
        var named = CorrelationId.of(name -> header);
        Property.holds(named.matches("[A-Za-z0-9._-]{1,64}"), "a request's name is fit for a log");
        var source = SourceAddress.of("10.0.0.1", Arrays.asList(header.split(",", -1)), PROXIES);
        Property.holds(source.matches("[0-9a-f.:%]{2,60}"), "a source is an address: " + source);
        var line = new Logfmt().with("path", header).toString();
        Property.holds(line.chars().allMatch(c -> c >= 0x20 && c <= 0x7e), "a log line is printable");
        Property.holds(line.length() < 2000, "a log line is bounded");
    }

    private static void check(PresentedToken token) {
        Property.holds(token.value().matches("[!-~]+"), "a token is visible ASCII");
        Property.holds(
                !token.toString().contains(token.value()) || token.value().length() < 6, "a token is not printed");
    }

    private static void refusing(String header, Consumer<List<String>> reader) {
        for (var headers : List.of(List.of(header), List.of(header, header))) {
            try {
                reader.accept(headers);
            } catch (RegistrationRefused refused) {
                Property.fitToTell(refused.error().description());
            }
        }
    }
}
