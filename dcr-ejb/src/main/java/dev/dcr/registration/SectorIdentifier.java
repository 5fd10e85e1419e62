package dev.dcr.registration;

import dev.dcr.error.Quoted;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation;
import dev.dcr.json.MalformedJson;
import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.outbound.OutboundHttp;
import dev.dcr.outbound.TooManyCalls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * OpenID Connect Registration §5: {@code sector_identifier_uri} leads to a JSON array, and every redirect URI of the
 * client must be in it; CIBA Core §4: and so must what stands for one in the client's delivery mode.
 */
@ApplicationScoped
class SectorIdentifier {
    private static final Logger LOG = Logger.getLogger(SectorIdentifier.class);
    private static final String MEMBER = "sector_identifier_uri";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    @Inject
    OutboundHttp http;

    /**
     * Fetches the array, if the client names one, and tells what it lacks.
     *
     * @throws RegistrationRefused with {@link Unavailable} while too many are being fetched
     */
    List<Violation> violations(ClientMetadata metadata) {
        return metadata.string(MEMBER)
                .map(address -> violations(address, metadata))
                .orElse(List.of());
    }

    private List<Violation> violations(String address, ClientMetadata metadata) {
        try {
            var listed = fetch(address);
            return Stream.concat(
                            missing(listed, metadata.redirectUris().stream(), "every one of redirect_uris"),
                            metadata.backchannelSector().stream()
                                    .flatMap(member -> missing(listed, metadata.string(member).stream(), member)))
                    .toList();
        } catch (TooManyCalls e) {
            throw new RegistrationRefused(
                    new Unavailable(
                            "too many documents are being fetched to look at sector_identifier_uri", RETRY_AFTER),
                    e);
        } catch (IOException e) {
            LOG.infof("sector_identifier_uri not fetched: %s", Quoted.of(String.valueOf(e.getMessage())));
            return List.of(Violation.metadata(
                    MEMBER, "not_fetched", "sector_identifier_uri must be an https address that answers in public"));
        } catch (MalformedJson e) {
            return List.of(Violation.metadata(
                    MEMBER, "not_an_array", "what sector_identifier_uri leads to must be a JSON array of strings"));
        }
    }

    private static Stream<Violation> missing(JsonArray listed, Stream<String> uris, String what) {
        return uris.allMatch(uri -> listed.contains(StrictJson.PROVIDER.createValue(uri)))
                ? Stream.empty()
                : Stream.of(Violation.metadata(
                        MEMBER, "not_listed", "the array at sector_identifier_uri must hold " + what));
    }

    private JsonArray fetch(String address) throws IOException {
        var fetched = http.getNamed(URI.create(address), Set.of());
        if (fetched.status() != 200) throw new IOException("status " + fetched.status());
        return StrictJson.array(fetched.body());
    }
}
