package dev.dcr.bench;

import jakarta.json.JsonBuilderFactory;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results for people and for programs. */
final class Report {
    private static final JsonBuilderFactory JSON = JsonProvider.provider().createBuilderFactory(Map.of());
    private static final String HEAD = """
            | target | database | load | clients | connections | requests/s | spread | p50 ms | p99 ms | server CPU s/1000 | database CPU s/1000 |
            |---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private Report() {}

    static String line(Measured result) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %d | %d | %.0f | %.0f %% | %.2f | %.2f | %.3f | %.3f |",
                result.target(),
                result.database(),
                result.scenario(),
                result.clients(),
                result.connections(),
                result.perSecond(),
                result.spread(),
                result.p50(),
                result.p99(),
                result.serverCpu(),
                result.databaseCpu());
    }

    static String line(Results.Started life) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %d |",
                life.database(),
                life.clients(),
                life.seconds(),
                life.resident());
    }

    static String markdown(Options options, Results results) {
        var text = new StringBuilder("# Benchmark\n\n");
        text.append(System.getProperty("os.name")).append(", ");
        text.append(Runtime.getRuntime().availableProcessors()).append(" processors, Java ");
        text.append(System.getProperty("java.version")).append(options.java().isEmpty() ? "" : " " + options.java());
        text.append("; ")
                .append(options.runs())
                .append(" runs of ")
                .append(options.seconds())
                .append(" s.\n\n");
        text.append("## Ratios\n\n| what | measured | target |\n|---|--:|--:|\n");
        for (var ratio : Ratios.of(results)) text.append(ratio).append('\n');
        text.append("\n## Starts\n\n| database | clients | first 201 after s | resident MiB |\n|---|--:|--:|--:|\n");
        for (var life : results.started()) text.append(line(life)).append('\n');
        text.append("\n## Loads\n\n").append(HEAD);
        for (var result : results.measured()) text.append(line(result)).append('\n');
        return text.toString();
    }

    static String json(Options options, Results results) {
        var loads = JSON.createArrayBuilder();
        for (var result : results.measured()) loads.add(JSON.createObjectBuilder(members(result)));
        var starts = JSON.createArrayBuilder();
        for (var life : results.started())
            starts.add(JSON.createObjectBuilder(Map.of(
                    "database", life.database(),
                    "clients", life.clients(),
                    "first_201_seconds", life.seconds(),
                    "resident_mib", life.resident())));
        return JSON.createObjectBuilder()
                .add("java", System.getProperty("java.version"))
                .add("java_options", String.join(" ", options.java()))
                .add("processors", Runtime.getRuntime().availableProcessors())
                .add("seconds", options.seconds())
                .add("starts", starts)
                .add("loads", loads)
                .build()
                .toString();
    }

    private static Map<String, Object> members(Measured result) {
        return Map.ofEntries(
                Map.entry("target", result.target()),
                Map.entry("database", result.database()),
                Map.entry("scenario", result.scenario()),
                Map.entry("clients", result.clients()),
                Map.entry("connections", result.connections()),
                Map.entry("requests_per_second", result.perSecond()),
                Map.entry("p50_ms", result.p50()),
                Map.entry("p99_ms", result.p99()),
                Map.entry("server_cpu_seconds_per_1000", result.serverCpu()),
                Map.entry("database_cpu_seconds_per_1000", result.databaseCpu()),
                Map.entry(
                        "runs",
                        List.copyOf(result.runs().stream().map(Run::perSecond).toList())));
    }
}
