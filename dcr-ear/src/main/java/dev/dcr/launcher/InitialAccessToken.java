package dev.dcr.launcher;

import dev.dcr.launcher.CommandLine.Misused;
import java.util.Optional;
import java.util.regex.Pattern;

/** Has a running server make an initial access token, and prints it, this once. */
record InitialAccessToken(long expiresIn, long uses, String policy, Optional<String> server) implements Command {
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:initial_access_)?token\"\\s*:\\s*\"([A-Za-z0-9._~+/=-]+)\"");

    static Command parse(Arguments rest) throws Misused {
        var expiresIn = 3600L;
        var uses = 1L;
        var policy = "{}";
        var server = Optional.<String>empty();
        while (!rest.isEmpty()) {
            var option = rest.next();
            switch (option) {
                case "--expires-in" -> expiresIn = rest.number(option);
                case "--uses" -> uses = rest.number(option);
                case "--policy" -> policy = rest.value(option);
                case "--server" -> server = Optional.of(rest.value(option));
                default -> rest.setting(option);
            }
        }
        return new InitialAccessToken(expiresIn, uses, policy, server);
    }

    @Override
    public int run() throws Refusal, InterruptedException {
        var asked = "{\"expires_in\": %d, \"uses\": %d, \"policy\": %s}".formatted(expiresIn, uses, policy);
        var reply = RunningServer.at(server).post("/admin/initial-access-tokens", asked, RunningServer.USUAL);
        var token = TOKEN.matcher(reply.body());
        if (reply.statusCode() != 201 || !token.find()) throw RunningServer.unexpected(reply);
        System.out.println(token.group(1));
        return DONE;
    }
}
