package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;
import static dev.dcr.rules.Rule.when;

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
        return when(
                client.grantTypes().contains(GRANT) && !client.has("backchannel_token_delivery_mode"),
                Violation.metadata(
                        "backchannel_token_delivery_mode",
                        "required",
                        "backchannel_token_delivery_mode is needed with the CIBA grant: poll, ping or push"));
    }

    private static Stream<Violation> notificationEndpoint(ClientMetadata client) {
        var notified = client.string("backchannel_token_delivery_mode")
                .filter(Set.of("ping", "push")::contains)
                .isPresent();
        return when(
                notified && !client.has("backchannel_client_notification_endpoint"),
                Violation.metadata(
                        "backchannel_client_notification_endpoint",
                        "required",
                        "backchannel_client_notification_endpoint is needed with the delivery modes ping and push"));
    }
}
