package dev.dcr.launcher;

import dev.dcr.launcher.CommandLine.Misused;
import java.util.Optional;

/** Has a running server encrypt all client secrets under its first key, and prints how many it were as JSON. */
record ReEncryptSecrets(Optional<String> server) implements Command {

    static Command parse(Arguments rest) throws Misused {
        var server = Optional.<String>empty();
        while (!rest.isEmpty()) {
            var option = rest.next();
            if (option.equals("--server")) server = Optional.of(rest.value(option));
            else rest.setting(option);
        }
        return new ReEncryptSecrets(server);
    }

    @Override
    public int run() throws Refusal, InterruptedException {
        var reply = RunningServer.at(server)
                .post("/admin/client-secrets/re-encryption", "{}", RunningServer.AS_LONG_AS_IT_TAKES);
        if (reply.statusCode() != 200) throw RunningServer.unexpected(reply);
        System.out.println(reply.body());
        return reply.body().contains("\"complete\":true") ? DONE : FAILED;
    }
}
