package dev.dcr.extension;

import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_RETRIEVAL;
import static dev.dcr.json.StrictJson.PROVIDER;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What an extension service is sent. */
final class ExtensionRequest {
    /** Nothing of this leaves the server, even if a caller left it in. */
    private static final Set<String> SECRET =
            Set.of("client_secret", "registration_access_token", "initial_access_token");

    private ExtensionRequest() {}

    /** The JSON in UTF-8. At retrieval nothing new is proposed, so there is no {@code clientData}. */
    static byte[] of(ExtensionPoint point, Consultable asked, String requestId) {
        var data = PROVIDER.createObjectBuilder();
        if (point != PRE_PROCESS_CLIENT_RETRIEVAL) {
            data.add("clientData", disclosed(asked.clientData().json()));
        }
        asked.softwareStatementClaims().ifPresent(claims -> data.add("softwareStatement", disclosed(claims)));
        asked.existingClientData().ifPresent(existing -> data.add("existingClientData", disclosed(existing)));
        return PROVIDER.createObjectBuilder()
                .add("requestId", requestId)
                .add("data", data)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject disclosed(JsonObject members) {
        var disclosed = PROVIDER.createObjectBuilder(members);
        SECRET.forEach(disclosed::remove);
        return disclosed.build();
    }
}
