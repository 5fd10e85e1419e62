package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Client-Initiated Backchannel Authentication Core §4. */
final class CibaRules {
    static final String GRANT = "urn:openid:params:grant-type:ciba";

    private CibaRules() {}

    static List<Rule> all() {
        return List.of(onMetadata(CibaRules::deliveryMode), onMetadata(CibaRules::notificationEndpoint));
    }

    private static Stream<Violation> deliveryMode(ClientMetadata client) {
        return Breach.when(
                client.grantTypes().contains(GRANT) && !client.has("backchannel_token_delivery_mode"),
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
}
