package dev.dcr.sandbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** What the sample extension does unless scripted: a bank's risk team that looks at every client. */
final class SampleRules {
    private SampleRules() {}

    static Reply answer(Received request) {
        return switch (request.point()) {
            case CREATION -> creation(request);
            case UPDATE -> Answer.success(Map.of("last_reviewed_at", now())).to(request);
            case RETRIEVAL ->
                Answer.success(Map.of("support_contact", "support@bank.example"))
                        .to(request);
            case TOKEN -> throw new IllegalArgumentException("tokens are not for the sample rules to give");
        };
    }

    private static Reply creation(Received request) {
        var name = request.clientData().getString("client_name", "");
        var answer = name.toLowerCase(Locale.ROOT).contains("forbidden")
                ? Answer.refusal(
                        400,
                        "invalid_client_metadata",
                        "the risk team does not accept clients with \"forbidden\" in their client_name")
                : Answer.success(Map.of("risk_class", "standard", "onboarded_by", "sandbox risk team"));
        return answer.to(request);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
