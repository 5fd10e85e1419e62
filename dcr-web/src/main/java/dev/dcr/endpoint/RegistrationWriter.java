package dev.dcr.endpoint;

import dev.dcr.config.HttpConfig;
import dev.dcr.registration.Preview;
import dev.dcr.registration.Registration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;

/** The client information response of RFC 7591 §3.2.1, with the management members of RFC 7592 §3. */
@ApplicationScoped
class RegistrationWriter {
    @Inject
    HttpConfig config;

    /**
     * @param base where the request found this server, for {@code registration_client_uri} if the configuration names
     *             no public address
     * @return a JSON object in UTF-8
     */
    byte[] write(Registration registration, URI base) {
        var json = JsonText.JSON.createObjectBuilder(registration.metadata().json());
        json.add("client_id", registration.clientId());
        json.add("client_id_issued_at", registration.issuedAt().getEpochSecond());
        registration
                .secret()
                .ifPresent(secret -> json.add("client_secret", secret.value())
                        .add(
                                "client_secret_expires_at",
                                secret.expiresAt().map(Instant::getEpochSecond).orElse(0L)));
        registration
                .accessToken()
                .ifPresent(token -> json.add("registration_client_uri", clientUri(registration, base))
                        .add("registration_access_token", token));
        registration.softwareStatement().ifPresent(statement -> json.add("software_statement", statement));
        return JsonText.print(json.build());
    }

    /** What a dry run found: the same members as far as they would be known, and no credential. */
    byte[] write(Preview preview) {
        var json = JsonText.JSON.createObjectBuilder(preview.metadata().json());
        preview.existing()
                .ifPresent(client -> json.add("client_id", client.clientId())
                        .add("client_id_issued_at", client.issuedAt().getEpochSecond()));
        preview.softwareStatement().ifPresent(statement -> json.add("software_statement", statement));
        return JsonText.print(json.build());
    }

    private String clientUri(Registration registration, URI base) {
        return PublicAddress.of(config, base, "/register/" + registration.clientId());
    }
}
