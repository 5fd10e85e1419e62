package dev.dcr.request;

import jakarta.json.JsonObject;

/** A registration request as it arrived: its form is decoded, nothing in it is verified yet. */
public sealed interface RegistrationRequest {

    /** RFC 7591 §3.1: a JSON object of client metadata, perhaps with a {@code software_statement}. */
    record Plain(JsonObject members) implements RegistrationRequest {}

    /** Open banking: the same members as claims of a JWS that the client signed, in compact form. */
    record Signed(String compact) implements RegistrationRequest {}
}
