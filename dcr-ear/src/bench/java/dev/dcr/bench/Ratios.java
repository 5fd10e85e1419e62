package dev.dcr.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the results come to: quotients of figures of one run, each beside its target. */
final class Ratios {
    /** How many times as fast as each peer the server is meant to be. */
    private enum Peer {
        NODE(NodeOidcProvider.NAME, "node-oidc-provider", Map.of("create", "1.3", "update", "2", "delete", "1.5")),
        SPRING(SpringAuthorizationServer.NAME, "Spring Authorization Server", Map.of("read", "3")),
        KEYCLOAK("keycloak", "Keycloak", Map.of("create", "8", "read", "9"));

        private final String target;
        private final String title;
        private final Map<String, String> goals;

        Peer(String target, String title, Map<String, String> goals) {
            this.target = target;
            this.title = title;
            this.goals = goals;
        }
    }

    private final Results results;
    private final List<String> lines = new ArrayList<>();

    private Ratios(Results results) {
        this.results = results;
    }

    /** Rows of a table: what, measured, target. */
    static List<String> of(Results results) {
        var ratios = new Ratios(results);
        for (var result : results.measured()) if (result.target().equals("dcr")) ratios.compare(result);
        ratios.flatness();
        return ratios.lines;
    }

    private void compare(Measured result) {
        var name = result.scenario() + ", " + result.database() + ", " + result.clients() + " clients, "
                + result.connections() + " connections";
        results.find("pgbench", result.database(), result.scenario(), result.clients(), result.connections())
                .ifPresent(alone -> row(name + " : pgbench", result.perSecond() / alone.perSecond(), "0.5"));
        results.find("undertow", "", result.scenario(), 0, result.connections())
                .ifPresent(bare -> row(name + " : bare handler", result.perSecond() / bare.perSecond(), ""));
        for (var peer : Peer.values())
            results.find(peer.target, result.database(), result.scenario(), 0, result.connections())
                    .ifPresent(its -> row(
                            name + " : " + peer.title,
                            result.perSecond() / its.perSecond(),
                            peer.goals.getOrDefault(result.scenario(), "")));
        if (result.scenario().equals("create"))
            row(name + ", CPU s/1000, server and database", result.serverCpu() + result.databaseCpu(), "at most 0.8");
        if (result.scenario().equals("create-extension")) extension(name, result);
    }

    /** What asking costs, beside the time that the extension takes: by itself, and in a request that is made anyway. */
    private void extension(String name, Measured asking) {
        results.find("undertow", "", "extension", 0, asking.connections())
                .ifPresent(alone ->
                        row(name + ", p99 beyond the extension's, ms", asking.p99() - alone.p99(), "at most 5"));
        results.find(asking.target(), asking.database(), "create", asking.clients(), asking.connections())
                .ifPresent(plain -> row(
                        name + ", p99 beyond create's and the extension's time, ms",
                        asking.p99() - plain.p99() - Neighbours.EXTENSION_MILLIS,
                        "at most 5"));
    }

    /** The most clients against the fewest. */
    private void flatness() {
        for (var few : results.measured()) {
            if (!few.target().equals("dcr") || few.clients() != fewest()) continue;
            results.find("dcr", few.database(), few.scenario(), most(), few.connections())
                    .filter(many -> many.clients() > few.clients())
                    .ifPresent(many -> {
                        var name = few.scenario() + ", " + few.database() + ", " + few.connections() + " connections, "
                                + many.clients() + " : " + few.clients() + " clients";
                        row(name + ", requests/s", quotient(many, few, Measured::perSecond), "0.9");
                        row(name + ", p99", quotient(many, few, Measured::p99), "at most 1.1");
                    });
        }
    }

    private static double quotient(Measured many, Measured few, ToDoubleFunction<Measured> figure) {
        return figure.applyAsDouble(many) / figure.applyAsDouble(few);
    }

    private int fewest() {
        return results.measured().stream()
                .filter(result -> result.target().equals("dcr"))
                .mapToInt(Measured::clients)
                .min()
                .orElse(0);
    }

    private int most() {
        return results.measured().stream().mapToInt(Measured::clients).max().orElse(0);
    }

    private void row(String what, double measured, String target) {
        lines.add(String.format(Locale.ROOT, "| %s | %.2f | %s |", what, measured, target));
    }
}
