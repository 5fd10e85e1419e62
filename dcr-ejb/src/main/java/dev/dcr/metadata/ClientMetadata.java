package dev.dcr.metadata;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * What a client says about itself, as the JSON object that is stored and returned (RFC 7591 §2): members that are
 * known, of their proper type, and never {@code null}. The accessors name the members that decisions hang on.
 */
public record ClientMetadata(JsonObject json) {
    /** CIBA Core §4. */
    public static final String BACKCHANNEL_GRANT = "urn:openid:params:grant-type:ciba";

    /** {@code redirect_uris}, in the order given; empty where there is none. */
    public List<String> redirectUris() {
        return strings("redirect_uris");
    }

    /** {@code grant_types}; empty only before defaults were applied. */
    public List<String> grantTypes() {
        return strings("grant_types");
    }

    /** {@code response_types}; empty where no grant of the client uses the authorization endpoint. */
    public List<String> responseTypes() {
        return strings("response_types");
    }

    /** {@code token_endpoint_auth_method}. */
    public Optional<String> authMethod() {
        return string("token_endpoint_auth_method");
    }

    /** {@code application_type} of OpenID Connect Registration §2. */
    public Optional<String> applicationType() {
        return string("application_type");
    }

    /** {@code jwks}: the client's public keys by value. */
    public Optional<JsonObject> jwks() {
        return Optional.ofNullable(json.get("jwks")).map(JsonValue::asJsonObject);
    }

    /** {@code jwks_uri}: the client's public keys by reference. */
    public Optional<String> jwksUri() {
        return string("jwks_uri");
    }

    /** Whether it asks for the grant of Client-Initiated Backchannel Authentication. */
    public boolean isBackchannel() {
        return grantTypes().contains(BACKCHANNEL_GRANT);
    }

    /**
     * The member that stands for {@code redirect_uris} in the sector of a client of pairwise subjects, as CIBA Core §4 has
     * it for each delivery mode; empty for any other client.
     */
    public Optional<String> backchannelSector() {
        if (!isBackchannel()
                || string("subject_type").filter("pairwise"::equals).isEmpty()) return Optional.empty();
        return string("backchannel_token_delivery_mode")
                .map(mode -> mode.equals("push") ? "backchannel_client_notification_endpoint" : "jwks_uri");
    }

    /** Whether the member is there. */
    public boolean has(String member) {
        return json.containsKey(member);
    }

    /** A member that holds a string. */
    public Optional<String> string(String member) {
        return json.get(member) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    /** A member that holds a list of strings; empty where it is missing. */
    public List<String> strings(String member) {
        return json.get(member) instanceof JsonArray list
                ? list.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList()
                : List.of();
    }

    /** A member that holds a boolean; {@code false} where it is missing, as every boolean of the registry defaults to. */
    public boolean is(String member) {
        return JsonValue.TRUE.equals(json.get(member));
    }
}
