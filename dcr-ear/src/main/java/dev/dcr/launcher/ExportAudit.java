package dev.dcr.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dcr.launcher.CommandLine.Misused;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Has a running server export its audit trail, and prints it, a line of JSON for each event.
 *
 * @param selection which events, by the names of the query
 */
record ExportAudit(Map<String, String> selection, Optional<String> server) implements Command {
    ExportAudit {
        selection = Map.copyOf(selection);
    }

    static Command parse(Arguments rest) throws Misused {
        var selection = new LinkedHashMap<String, String>();
        var server = Optional.<String>empty();
        while (!rest.isEmpty()) {
            var option = rest.next();
            switch (option) {
                case "--after" -> selection.put("after", Long.toString(rest.number(option)));
                case "--from", "--to" -> selection.put(option.substring(2), rest.value(option));
                case "--client-id" -> selection.put("client_id", rest.value(option));
                case "--server" -> server = Optional.of(rest.value(option));
                default -> rest.setting(option);
            }
        }
        return new ExportAudit(selection, server);
    }

    @Override
    public int run() throws Refusal, InterruptedException {
        var query = selection.entrySet().stream()
                .map(part -> part.getKey() + '=' + URLEncoder.encode(part.getValue(), UTF_8))
                .collect(Collectors.joining("&", "?", ""));
        var reply = RunningServer.at(server).get("/admin/audit" + query);
        try (var lines = reply.body()) {
            if (reply.statusCode() != 200) throw refusal(reply.statusCode(), lines);
            lines.transferTo(System.out);
            return DONE;
        } catch (IOException brokenOff) {
            throw new Refusal("the export was broken off, and is not complete: " + brokenOff);
        }
    }

    private static Refusal refusal(int status, InputStream body) throws IOException {
        return new Refusal("the server answered %d: %s".formatted(status, new String(body.readAllBytes(), UTF_8)));
    }
}
