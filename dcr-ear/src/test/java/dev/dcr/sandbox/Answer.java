package dev.dcr.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** How an extension point answers a request: within the contract, or in one of the ways to break it. */
@FunctionalInterface
public interface Answer {
    Reply to(Received request);

    /** Always this reply, whatever was asked. */
    static Answer of(Reply reply) {
        return request -> reply;
    }

    /** 200 and SUCCESS, with members to add to the client. */
    static Answer success(Map<String, ?> clientData) {
        return request -> Reply.json(200, Json.object(successTo(request.requestId(), clientData)));
    }

    /** 200 and SUCCESS without {@code clientData}: nothing to change. */
    static Answer success() {
        return request -> Reply.json(200, Json.object(Map.of("responseId", request.requestId(), "status", "SUCCESS")));
    }

    /** SUCCESS, but to another request. */
    static Answer wrongResponseId(Map<String, ?> clientData) {
        return request -> Reply.json(200, Json.object(successTo("not-" + request.requestId(), clientData)));
    }

    /** A refusal by the contract: 200, ERROR, and the reason under {@code data}. */
    static Answer refusal(int errorCode, String error, String description) {
        return error(200, Map.of("errorCode", errorCode), Map.of("error", error, "errorDescription", description));
    }

    /** A refusal as the accelerator's own code reads it: the reason's name under {@code data.errorCode}. */
    static Answer refusalInDataErrorCode(String error, String description) {
        return error(200, Map.of(), Map.of("errorCode", error, "errorDescription", description));
    }

    /** A failure by the contract: 400 or 500, ERROR, {@code data.errorMessage}. */
    static Answer failure(int status, String message, String description) {
        return error(status, Map.of(), Map.of("errorMessage", message, "errorDescription", description));
    }

    /** ERROR with any members beside {@code status}, {@code null} excepted, and any {@code data}. */
    static Answer error(int httpStatus, Map<String, ?> members, Map<String, ?> data) {
        return request -> {
            var body = new LinkedHashMap<String, Object>();
            body.put("responseId", request.requestId());
            body.put("status", "ERROR");
            body.putAll(members);
            body.put("data", data);
            return Reply.json(httpStatus, Json.object(body));
        };
    }

    /** SUCCESS with a body of at least this many bytes. */
    static Answer oversized(int bytes) {
        return success(Map.of("client_name", "x".repeat(bytes)));
    }

    private static Map<String, ?> successTo(String requestId, Map<String, ?> clientData) {
        return Map.of("responseId", requestId, "status", "SUCCESS", "data", Map.of("clientData", clientData));
    }
}
