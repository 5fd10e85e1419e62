package dev.dcr.sandbox;

import com.nimbusds.jose.JWSAlgorithm;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The claims that the directory's JWTs have unless told otherwise. */
final class Claims {
    private static final List<String> REDIRECT_URIS =
            List.of("https://app.tpp.example/callback", "https://app.tpp.example/other-callback");
    private static final Duration REQUEST_LIFETIME = Duration.ofMinutes(30);

    private Claims() {}

    /** A software statement assertion of the UK's open banking directory. */
    static JsonObject statement(Software about) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", Directory.ISSUER);
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        claims.putAll(software(about));
        claims.putAll(organisation());
        return Json.object(claims);
    }

    private static Map<String, Object> software(Software about) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("software_environment", "sandbox");
        claims.put("software_mode", "Test");
        claims.put("software_id", about.id());
        claims.put("software_client_id", about.id());
        claims.put("software_client_name", "Piggy Bank");
        claims.put("software_client_description", "All your accounts in one place");
        claims.put("software_version", 1.5);
        claims.put("software_client_uri", "https://app.tpp.example");
        claims.put("software_logo_uri", "https://app.tpp.example/logo.png");
        claims.put("software_policy_uri", "https://app.tpp.example/policy.html");
        claims.put("software_tos_uri", "https://app.tpp.example/terms.html");
        claims.put("software_redirect_uris", REDIRECT_URIS);
        claims.put("software_roles", List.of("AISP", "PISP"));
        claims.put("software_jwks_endpoint", about.jwksUri().toString());
        return claims;
    }

    private static Map<String, Object> organisation() {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("org_id", "0015800001ZEZ3WAAX");
        claims.put("org_name", "Third Party Ltd");
        claims.put("org_status", "Active");
        claims.put("org_contacts", List.of(Map.of("type", "Technical", "email", "api@tpp.example")));
        claims.put(
                "organisation_competent_authority_claims",
                Map.of(
                        "authority_id", "FCAGBR",
                        "registration_id", "123456",
                        "status", "Active",
                        "authorisations", List.of(Map.of("member_state", "GB", "roles", List.of("AISP", "PISP")))));
        return claims;
    }

    /** A request of OBIE Dynamic Client Registration 3.3; of its response types the one that every profile takes. */
    static JsonObject request(Software by, String statement, String audience, JWSAlgorithm algorithm) {
        var now = Instant.now();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", by.id());
        claims.put("aud", audience);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(REQUEST_LIFETIME).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("redirect_uris", REDIRECT_URIS);
        claims.put("token_endpoint_auth_method", "private_key_jwt");
        claims.put("token_endpoint_auth_signing_alg", algorithm.getName());
        claims.put("grant_types", List.of("authorization_code", "refresh_token", "client_credentials"));
        claims.put("response_types", List.of("code"));
        claims.put("software_id", by.id());
        claims.put("scope", "openid accounts payments");
        claims.put("application_type", "web");
        claims.put("id_token_signed_response_alg", algorithm.getName());
        claims.put("request_object_signing_alg", algorithm.getName());
        claims.put("software_statement", statement);
        return Json.object(claims);
    }
}
