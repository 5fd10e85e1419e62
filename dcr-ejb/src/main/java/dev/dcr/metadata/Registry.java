package dev.dcr.metadata;

import static dev.dcr.metadata.Jose.ASYMMETRIC_SIGNATURE;
import static dev.dcr.metadata.Jose.CONTENT_ENCRYPTION;
import static dev.dcr.metadata.Jose.KEY_MANAGEMENT;
import static dev.dcr.metadata.Jose.SIGNATURE;
import static dev.dcr.metadata.Jose.SIGNATURE_OR_NONE;
import static dev.dcr.metadata.MemberType.ANY;
import static dev.dcr.metadata.MemberType.BOOLEAN;
import static dev.dcr.metadata.MemberType.HTTPS_URI;
import static dev.dcr.metadata.MemberType.HTTPS_URIS;
import static dev.dcr.metadata.MemberType.INTEGER;
import static dev.dcr.metadata.MemberType.JWKS;
import static dev.dcr.metadata.MemberType.OBJECT;
import static dev.dcr.metadata.MemberType.REDIRECT_URIS;
import static dev.dcr.metadata.MemberType.STRING;
import static dev.dcr.metadata.MemberType.STRINGS;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.dcr.json.StrictJson;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every member of IANA's "OAuth Dynamic Client Registration Metadata" registry and of the specifications on their way
 * into it, then those of open banking ecosystems. One line a member, by the section that defines it.
 */
final class Registry {
    /** IANA's "OAuth Token Endpoint Authentication Methods". */
    private static final Set<String> AUTH_METHODS = ordered(
            "client_secret_basic",
            "client_secret_post",
            "client_secret_jwt",
            "private_key_jwt",
            "tls_client_auth",
            "self_signed_tls_client_auth",
            "none");

    private static final JsonValue DEFAULT_ENC = text("A128CBC-HS256");

    static final List<Member> TABLE = List.of(
            row("redirect_uris", REDIRECT_URIS, "RFC 7591 §2"),
            row("token_endpoint_auth_method", STRING, "RFC 7591 §2")
                    .among(AUTH_METHODS)
                    .byDefault(text("client_secret_basic")),
            row("grant_types", STRINGS, "RFC 7591 §2").byDefault(list("authorization_code")),
            row("response_types", STRINGS, "RFC 7591 §2").byDefault(list("code")),
            row("client_name", STRING, "RFC 7591 §2").tagged(),
            row("client_uri", HTTPS_URI, "RFC 7591 §2").tagged(),
            row("logo_uri", HTTPS_URI, "RFC 7591 §2").tagged(),
            row("scope", STRING, "RFC 7591 §2"),
            row("contacts", STRINGS, "RFC 7591 §2"),
            row("tos_uri", HTTPS_URI, "RFC 7591 §2").tagged(),
            row("policy_uri", HTTPS_URI, "RFC 7591 §2").tagged(),
            row("jwks_uri", HTTPS_URI, "RFC 7591 §2"),
            row("jwks", JWKS, "RFC 7591 §2"),
            row("software_id", STRING, "RFC 7591 §2"),
            row("software_version", STRING, "RFC 7591 §2"),
            row("client_id", STRING, "RFC 7591 §3.2.1").owned(),
            row("client_secret", STRING, "RFC 7591 §3.2.1").owned(),
            row("client_id_issued_at", INTEGER, "RFC 7591 §3.2.1").owned(),
            row("client_secret_expires_at", INTEGER, "RFC 7591 §3.2.1").owned(),
            row("registration_access_token", STRING, "RFC 7592 §3").owned(),
            row("registration_client_uri", HTTPS_URI, "RFC 7592 §3").owned(),
            row("application_type", STRING, "OIDC Registration §2")
                    .among(ordered("web", "native"))
                    .byDefault(text("web")),
            row("sector_identifier_uri", HTTPS_URI, "OIDC Registration §2"),
            row("subject_type", STRING, "OIDC Registration §2").among(ordered("public", "pairwise")),
            row("id_token_signed_response_alg", STRING, "OIDC Registration §2")
                    .among(SIGNATURE_OR_NONE)
                    .byDefault(text("RS256")),
            row("id_token_encrypted_response_alg", STRING, "OIDC Registration §2")
                    .among(KEY_MANAGEMENT),
            enc("id_token_encrypted_response", "OIDC Registration §2"),
            row("userinfo_signed_response_alg", STRING, "OIDC Registration §2").among(SIGNATURE_OR_NONE),
            row("userinfo_encrypted_response_alg", STRING, "OIDC Registration §2")
                    .among(KEY_MANAGEMENT),
            enc("userinfo_encrypted_response", "OIDC Registration §2"),
            row("request_object_signing_alg", STRING, "OIDC Registration §2").among(SIGNATURE_OR_NONE),
            row("request_object_encryption_alg", STRING, "OIDC Registration §2").among(KEY_MANAGEMENT),
            enc("request_object_encryption", "OIDC Registration §2"),
            row("token_endpoint_auth_signing_alg", STRING, "OIDC Registration §2")
                    .among(SIGNATURE),
            row("default_max_age", INTEGER, "OIDC Registration §2"),
            row("require_auth_time", BOOLEAN, "OIDC Registration §2"),
            row("default_acr_values", STRINGS, "OIDC Registration §2"),
            row("initiate_login_uri", HTTPS_URI, "OIDC Registration §2"),
            row("request_uris", HTTPS_URIS, "OIDC Registration §2"),
            row("post_logout_redirect_uris", REDIRECT_URIS, "OIDC RP-Initiated Logout §3.1"),
            row("frontchannel_logout_uri", HTTPS_URI, "OIDC Front-Channel Logout §2"),
            row("frontchannel_logout_session_required", BOOLEAN, "OIDC Front-Channel Logout §2"),
            row("backchannel_logout_uri", HTTPS_URI, "OIDC Back-Channel Logout §2.2"),
            row("backchannel_logout_session_required", BOOLEAN, "OIDC Back-Channel Logout §2.2"),
            row("claims_redirect_uris", REDIRECT_URIS, "UMA 2.0 Grant §2"),
            row("nfv_token_signed_response_alg", STRING, "ETSI GS NFV-SEC 022").among(SIGNATURE),
            row("nfv_token_encrypted_response_alg", STRING, "ETSI GS NFV-SEC 022")
                    .among(KEY_MANAGEMENT),
            enc("nfv_token_encrypted_response", "ETSI GS NFV-SEC 022"),
            row("tls_client_certificate_bound_access_tokens", BOOLEAN, "RFC 8705 §3.4"),
            row("tls_client_auth_subject_dn", STRING, "RFC 8705 §2.1.2"),
            row("tls_client_auth_san_dns", STRING, "RFC 8705 §2.1.2"),
            row("tls_client_auth_san_uri", STRING, "RFC 8705 §2.1.2"),
            row("tls_client_auth_san_ip", STRING, "RFC 8705 §2.1.2"),
            row("tls_client_auth_san_email", STRING, "RFC 8705 §2.1.2"),
            row("require_signed_request_object", BOOLEAN, "RFC 9101 §10.5"),
            row("require_pushed_authorization_requests", BOOLEAN, "RFC 9126 §6"),
            row("authorization_details_types", STRINGS, "RFC 9396 §10"),
            row("dpop_bound_access_tokens", BOOLEAN, "RFC 9449 §5.2"),
            row("introspection_signed_response_alg", STRING, "RFC 9701 §6").among(SIGNATURE),
            row("introspection_encrypted_response_alg", STRING, "RFC 9701 §6").among(KEY_MANAGEMENT),
            enc("introspection_encrypted_response", "RFC 9701 §6"),
            row("authorization_signed_response_alg", STRING, "JARM §3").among(SIGNATURE),
            row("authorization_encrypted_response_alg", STRING, "JARM §3").among(KEY_MANAGEMENT),
            enc("authorization_encrypted_response", "JARM §3"),
            row("backchannel_token_delivery_mode", STRING, "CIBA §4").among(ordered("poll", "ping", "push")),
            row("backchannel_client_notification_endpoint", HTTPS_URI, "CIBA §4"),
            row("backchannel_authentication_request_signing_alg", STRING, "CIBA §4")
                    .among(ASYMMETRIC_SIGNATURE),
            row("backchannel_user_code_parameter", BOOLEAN, "CIBA §4"),
            row("use_mtls_endpoint_aliases", BOOLEAN, "FAPI 2.0 §5.2.2.1.1"),
            row("client_registration_types", STRINGS, "OpenID Federation §5.1.2")
                    .among(ordered("automatic", "explicit")),
            row("signed_jwks_uri", HTTPS_URI, "OpenID Federation §5.2.1"),
            row("organization_name", STRING, "OpenID Federation §5.2.2").tagged(),
            row("display_name", STRING, "OpenID Federation §5.2.2").tagged(),
            row("description", STRING, "OpenID Federation §5.2.2").tagged(),
            row("keywords", STRINGS, "OpenID Federation §5.2.2").tagged(),
            row("information_uri", HTTPS_URI, "OpenID Federation §5.2.2").tagged(),
            row("organization_uri", HTTPS_URI, "OpenID Federation §5.2.2").tagged(),
            row("vp_formats_supported", OBJECT, "OpenID4VP §11.1"),
            row("encrypted_response_enc_values_supported", STRINGS, "OpenID4VP §5.1")
                    .among(CONTENT_ENCRYPTION),
            choice("subject_types_supported", "subject_type"),
            choice("id_token_signing_alg_values_supported", "id_token_signed_response_alg"),
            choice("id_token_encryption_alg_values_supported", "id_token_encrypted_response_alg"),
            choice("id_token_encryption_enc_values_supported", "id_token_encrypted_response_enc"),
            choice("userinfo_signing_alg_values_supported", "userinfo_signed_response_alg"),
            choice("userinfo_encryption_alg_values_supported", "userinfo_encrypted_response_alg"),
            choice("userinfo_encryption_enc_values_supported", "userinfo_encrypted_response_enc"),
            choice("request_object_signing_alg_values_supported", "request_object_signing_alg"),
            choice("request_object_encryption_alg_values_supported", "request_object_encryption_alg"),
            choice("request_object_encryption_enc_values_supported", "request_object_encryption_enc"),
            choice("token_endpoint_auth_methods_supported", "token_endpoint_auth_method"),
            choice("token_endpoint_auth_signing_alg_values_supported", "token_endpoint_auth_signing_alg"),
            choice(
                    "backchannel_authentication_request_signing_alg_values_supported",
                    "backchannel_authentication_request_signing_alg"),
            choice("authorization_signing_alg_values_supported", "authorization_signed_response_alg"),
            choice("authorization_encryption_alg_values_supported", "authorization_encrypted_response_alg"),
            choice("authorization_encryption_enc_values_supported", "authorization_encrypted_response_enc"),
            choice("introspection_signing_alg_values_supported", "introspection_signed_response_alg"),
            choice("introspection_encryption_alg_values_supported", "introspection_encrypted_response_alg"),
            choice("introspection_encryption_enc_values_supported", "introspection_encrypted_response_enc"),
            row("token_endpoint_allow_reuse_pvt_key_jwt", BOOLEAN, "WSO2 Identity Server"),
            row("backchannel_user_code_parameter_supported", BOOLEAN, "OBIE DCR 3.3"),
            row("org_id", STRING, "OBIE DCR 3.3"),
            row("org_name", STRING, "OBIE DCR 3.3"),
            row("org_status", STRING, "OBIE DCR 3.3"),
            row("org_contacts", ANY, "OBIE DCR 3.3"),
            row("org_jwks_endpoint", STRING, "OBIE DCR 3.3"),
            row("org_jwks_revoked_endpoint", STRING, "OBIE DCR 3.3"),
            row("organisation_competent_authority_claims", ANY, "OBIE DCR 3.3"),
            row("ob_registry_tos", STRING, "OBIE DCR 3.3"),
            row("software_client_id", STRING, "OBIE DCR 3.3"),
            row("software_client_name", STRING, "OBIE DCR 3.3"),
            row("software_client_description", STRING, "OBIE DCR 3.3"),
            row("software_client_uri", STRING, "OBIE DCR 3.3"),
            row("software_environment", STRING, "OBIE DCR 3.3"),
            row("software_jwks_endpoint", STRING, "OBIE DCR 3.3"),
            row("software_jwks_revoked_endpoint", STRING, "OBIE DCR 3.3"),
            row("software_logo_uri", STRING, "OBIE DCR 3.3"),
            row("software_mode", STRING, "OBIE DCR 3.3"),
            row("software_on_behalf_of_org", STRING, "OBIE DCR 3.3"),
            row("software_policy_uri", STRING, "OBIE DCR 3.3"),
            row("software_redirect_uris", STRINGS, "OBIE DCR 3.3"),
            row("software_roles", ANY, "OBIE DCR 3.3"),
            row("software_tos_uri", STRING, "OBIE DCR 3.3"),
            row("software_statement_roles", ANY, "Open Finance Brasil DCR"),
            row("software_jwks_inactive_uri", STRING, "Open Finance Brasil DCR"),
            row("software_jwks_transport_uri", STRING, "Open Finance Brasil DCR"),
            row("software_jwks_transport_inactive_uri", STRING, "Open Finance Brasil DCR"),
            row("org_number", STRING, "Open Finance Brasil DCR"),
            row("software_origin_uris", STRINGS, "Open Finance Brasil DCR"),
            row("software_api_webhook_uris", STRINGS, "Open Finance Brasil DCR"),
            row("software_sector_identifier_uri", STRING, "Open Finance Brasil DCR"),
            row("legal_entity_id", STRING, "Consumer Data Standards AU"),
            row("legal_entity_name", STRING, "Consumer Data Standards AU"),
            row("client_description", STRING, "Consumer Data Standards AU"),
            row("recipient_base_uri", STRING, "Consumer Data Standards AU"),
            row("revocation_uri", STRING, "Consumer Data Standards AU"));

    static final List<Member> CHOICES =
            TABLE.stream().filter(member -> member.chooses().isPresent()).toList();

    private static final Map<String, Member> BY_NAME =
            TABLE.stream().collect(toUnmodifiableMap(Member::name, identity()));

    private Registry() {}

    static Optional<Member> find(String name) {
        var exact = Optional.ofNullable(BY_NAME.get(name));
        if (exact.isPresent() || !LanguageTag.isTagged(name)) return exact;
        return Optional.ofNullable(BY_NAME.get(LanguageTag.base(name))).filter(Member::taggable);
    }

    private static Member row(String name, MemberType type, String source) {
        return new Member(name, type, source);
    }

    /** The content encryption beside a key management algorithm: good for nothing alone, and with a default beside it. */
    private static Member enc(String prefix, String source) {
        return row(prefix + "_enc", STRING, source)
                .among(CONTENT_ENCRYPTION)
                .needing(prefix + "_alg")
                .byDefault(DEFAULT_ENC);
    }

    /** A list of what a client can work with, the server's pick from which is registered as the single value. */
    private static Member choice(String name, String single) {
        return row(name, STRINGS, "OIDC RP Metadata Choices §2").choosing(single);
    }

    private static JsonValue text(String value) {
        return StrictJson.PROVIDER.createValue(value);
    }

    private static JsonValue list(String value) {
        return StrictJson.PROVIDER.createArrayBuilder().add(value).build();
    }

    private static Set<String> ordered(String... values) {
        return new LinkedHashSet<>(List.of(values));
    }
}
