package dev.dcr.launcher;

import dev.dcr.launcher.CommandLine.Misused;
import java.util.ArrayList;
import java.util.Optional;

/** Has a running server verify its audit trail, and prints what came of it as JSON. */
record VerifyAudit(Optional<String> anchor, Optional<Long> afterSeal, Optional<String> server) implements Command {

    static Command parse(Arguments rest) throws Misused {
        var anchor = Optional.<String>empty();
        var afterSeal = Optional.<Long>empty();
        var server = Optional.<String>empty();
        while (!rest.isEmpty()) {
            var option = rest.next();
            switch (option) {
                case "--anchor" -> anchor = Optional.of(anchor(rest.value(option)));
                case "--after-seal" -> afterSeal = Optional.of(rest.number(option));
                case "--server" -> server = Optional.of(rest.value(option));
                default -> rest.setting(option);
            }
        }
        return new VerifyAudit(anchor, afterSeal, server);
    }

    private static String anchor(String written) throws Misused {
        if (written.matches("\\d{1,18}:[A-Za-z0-9_-]{43}")) return written;
        throw new Misused("--anchor needs NUMBER:DIGEST as the log has it, not " + written);
    }

    @Override
    public int run() throws Refusal, InterruptedException {
        var reply = RunningServer.at(server)
                .post("/admin/audit/verification", question(), RunningServer.AS_LONG_AS_IT_TAKES);
        if (reply.statusCode() != 200) throw RunningServer.unexpected(reply);
        System.out.println(reply.body());
        return reply.body().contains("\"intact\":true") ? DONE : FAILED;
    }

    private String question() {
        var members = new ArrayList<String>();
        anchor.ifPresent(seal -> members.add("\"anchor\": \"" + seal + '"'));
        afterSeal.ifPresent(number -> members.add("\"after_seal\": " + number));
        return "{" + String.join(", ", members) + "}";
    }
}
