package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Client-Initiated Backchannel Authentication Core §4. */
final class CibaRules {
    private CibaRules() {}

    static List<Rule> all() {
        return List.of(
                onMetadata(CibaRules::deliveryMode),
                onMetadata(CibaRules::notificationEndpoint),
                onMetadata(CibaRules::pairwiseKeys));
    }

    private static Stream<Violation> deliveryMode(ClientMetadata client) {
        return Breach.when(
                client.isBackchannel() && !client.has("backchannel_token_delivery_mode"),
                "backchannel_token_delivery_mode",
                "required",
                "is needed with the CIBA grant: poll, ping or push");
    }

    private static Stream<Violation> notificationEndpoint(ClientMetadata client) {
        var mode = client.string("backchannel_token_delivery_mode");
        return Breach.when(
                mode.filter(Set.of("ping", "push")::contains).isPresent()
                        && !client.has("backchannel_client_notification_endpoint"),
                "backchannel_client_notification_endpoint",
                "required",
                "is needed with the delivery modes ping and push");
    }

    /** "It MUST check if a valid jwks_uri is set when the subject_type is pairwise", in the modes poll and ping. */
    private static Stream<Violation> pairwiseKeys(ClientMetadata client) {
        return Breach.when(
                client.backchannelSector().filter("jwks_uri"::equals).isPresent() && !client.has("jwks_uri"),
                "jwks_uri",
                "required",
                "is needed, for subject_type is pairwise and the delivery mode poll or ping");
    }
}
