package dev.dcr.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Measures the shipped server and, in the same run on the same machine, what to compare it with: a bare handler, the
 * database alone, its peers. {@code docs/benchmark.md} tells how to read it.
 */
public final class Benchmark {
    /** How many clients a peer stores when the load begins: none that would matter. */
    private static final int NONE = 0;

    private final Home home;
    private final Options options;
    private final Neighbours neighbours;
    private final EmbeddedPostgres postgres;
    private final ProcessHandle postmaster;
    private final Results results = new Results();

    private Benchmark(Home home, Options options, Neighbours neighbours, EmbeddedPostgres postgres, Path data)
            throws IOException {
        this.home = home;
        this.options = options;
        this.neighbours = neighbours;
        this.postgres = postgres;
        this.postmaster = Store.postmaster(data);
    }

    /** Does what {@link Options#USAGE} says; exit code 1 if the arguments make no sense. */
    public static void main(String[] arguments) throws Exception {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        var home = Home.ofThisJar();
        try {
            run(home, Options.parse(home.directory(), arguments));
        } catch (Options.Misused misused) {
            System.err.println(misused.getMessage() + "; --help tells what there is");
            System.exit(1);
        }
    }

    private static void run(Home home, Options options) throws Exception {
        home.clear();
        var data = home.file("postgresql");
        try (var neighbours = new Neighbours(home.body("create"));
                var postgres = Store.startPostgresql(data)) {
            var benchmark = new Benchmark(home, options, neighbours, postgres, data);
            try {
                benchmark.references();
                for (var database : options.databases()) benchmark.server(database);
                benchmark.peers();
            } finally {
                benchmark.report();
            }
        }
        home.clear();
    }

    /** Whatever was measured, also where something failed afterwards. */
    private void report() throws IOException {
        Files.createDirectories(options.output());
        Files.writeString(options.output().resolve("result.md"), Report.markdown(options, results));
        Files.writeString(options.output().resolve("result.json"), Report.json(options, results));
        System.out.println("\n" + Report.markdown(options, results));
    }

    /** What HTTP costs, and what the extension takes by itself. */
    private void references() throws IOException, InterruptedException {
        if (!options.references().contains("undertow")) return;
        var bare = new Load(home, options, neighbours.bare(), Optional.of(fixedClient()), null);
        for (var scenario : List.of(Scenario.READ, Scenario.CREATE)) {
            bare.warmUp(scenario);
            measure(bare, neighbours.bare(), scenario, NONE);
        }
        var slow = neighbours.slow();
        for (var connections : options.connections()) {
            var call = Files.writeString(home.file("call"), "{\"requestId\":\"1\"}\n")
                    .toString();
            var script = new Wrk(home.scripts());
            var runs = new ArrayList<Run>();
            for (var i = 0; i < options.runs(); i++)
                runs.add(script.run(
                        slow, connections, options.seconds(), "create", List.of(call, "application/json", "0")));
            results.add(new Measured(slow.name(), slow.database(), "extension", NONE, connections, runs));
        }
    }

    /** The bare handler knows no clients; any will do. */
    private Path fixedClient() throws IOException {
        return Files.writeString(home.file("any"), "/register/1 1 " + "t".repeat(43) + "\n");
    }

    private void server(String database) throws Exception {
        var store = database.equals("h2") ? Store.h2(home.file("h2")) : Store.postgresql(postgres, postmaster, "dcr");
        var plain = DcrServer.configuration(store, neighbours);
        var extended = plain + DcrServer.extension(neighbours);
        Filling filling;
        PgBench pgBench = null;
        try (var first = start(plain, "create-with-keys")) {
            var model = Http.clientId(register(first, "create-with-keys"));
            var secret = Http.clientId(register(first, "create"));
            first.close(); // so that a database in its files can be opened
            filling = new Filling(store, model);
            if (database.equals("postgresql")) pgBench = PgBench.like(secret, store, home.file("pgbench"));
        }
        for (var clients : options.clients()) {
            filling.fillTo(clients);
            var sample = filling.sample(home.file("sample"));
            var without = options.scenarios().stream()
                    .filter(scenario -> scenario != Scenario.CREATE_EXTENSION)
                    .toList();
            stage(store, plain, without, clients, sample, pgBench);
            if (options.scenarios().contains(Scenario.CREATE_EXTENSION))
                stage(store, extended, List.of(Scenario.CREATE_EXTENSION), clients, sample, null);
        }
    }

    private void stage(
            Store store, String configuration, List<Scenario> scenarios, int clients, Path sample, PgBench pgBench)
            throws IOException, InterruptedException, SQLException {
        if (scenarios.isEmpty()) return;
        try (var server = start(configuration, "create")) {
            server.sealAudit();
            var target = server.target(store);
            var load = new Load(home, options, target, Optional.of(sample), SignedRequests.of(neighbours.directory()));
            for (var scenario : scenarios) {
                load.warmUp(scenario);
                if (store.name().equals("postgresql")) store.settle();
                if (scenario == Scenario.CREATE
                        && pgBench != null
                        && options.references().contains("pgbench"))
                    measureBesidePgBench(load, target, pgBench, clients);
                else measure(load, target, scenario, clients);
            }
            results.add(new Results.Started(
                    store.name(),
                    clients,
                    server.startUp().toMillis() / 1e3,
                    server.program().residentMiB()));
        }
    }

    /** Run by run in turn, so that both meet the same disk in the same mood. */
    private void measureBesidePgBench(Load load, Target target, PgBench pgBench, int clients)
            throws IOException, InterruptedException {
        for (var connections : options.connections()) {
            var server = new ArrayList<Run>();
            var alone = new ArrayList<Run>();
            for (var i = 0; i < options.runs(); i++) {
                alone.add(pgBench.run(connections, options.seconds()));
                server.add(load.run(Scenario.CREATE, connections, options.seconds()));
            }
            results.add(
                    new Measured("pgbench", target.database(), Scenario.CREATE.title(), clients, connections, alone));
            results.add(new Measured(
                    target.name(), target.database(), Scenario.CREATE.title(), clients, connections, server));
        }
    }

    private void measure(Load load, Target target, Scenario scenario, int clients)
            throws IOException, InterruptedException {
        for (var connections : options.connections()) {
            var runs = new ArrayList<Run>();
            for (var i = 0; i < options.runs(); i++) runs.add(load.run(scenario, connections, options.seconds()));
            results.add(new Measured(target.name(), target.database(), scenario.title(), clients, connections, runs));
        }
    }

    private void peers() throws Exception {
        if (options.references().contains(NodeOidcProvider.NAME)) nodeOidcProvider();
        if (options.references().contains(SpringAuthorizationServer.NAME)) spring();
        if (options.references().contains("keycloak")) keycloak();
    }

    private void nodeOidcProvider() throws Exception {
        var store = Store.postgresql(postgres, postmaster, "node");
        try (var peer = NodeOidcProvider.start(home.node(), store, home.body("create"))) {
            measurePeer(peer.target(store), store);
        }
    }

    /** It reads what it has registered; it knows neither updates nor deletes. */
    private void spring() throws Exception {
        var store = Store.postgresql(postgres, postmaster, "spring");
        try (var peer = SpringAuthorizationServer.start(home.spring(), home.file("spring"), store)) {
            var target = peer.target(store);
            var sample = home.file("registered");
            peer.register(home, store, 8, options.warmUp(), sample);
            if (options.scenarios().contains(Scenario.CREATE)) {
                for (var connections : options.connections()) {
                    var runs = new ArrayList<Run>();
                    for (var i = 0; i < options.runs(); i++)
                        runs.add(peer.register(home, store, connections, options.seconds(), sample));
                    results.add(new Measured(
                            target.name(), target.database(), "token-and-create", NONE, connections, runs));
                }
            }
            if (!options.scenarios().contains(Scenario.READ)) return;
            var load = new Load(home, options, target, Optional.of(sample), null);
            load.warmUp(Scenario.READ);
            store.settle();
            measure(load, target, Scenario.READ, NONE);
        }
    }

    private void keycloak() throws Exception {
        var archive = home.keycloak();
        if (archive.isEmpty()) throw new IllegalStateException("no keycloak-*.zip in " + home.directory());
        var store = Store.postgresql(postgres, postmaster, "keycloak");
        try (var keycloak = Keycloak.start(archive.get(), home.file("peer"), store, home.body("create"))) {
            measurePeer(keycloak.target(store), store);
        }
    }

    private void measurePeer(Target target, Store store) throws IOException, InterruptedException, SQLException {
        var load = new Load(home, options, target, Optional.empty(), null);
        for (var scenario :
                List.of(Scenario.READ, Scenario.UPDATE, Scenario.CREATE, Scenario.LIFE_CYCLE, Scenario.DELETE)) {
            if (!options.scenarios().contains(scenario)) continue;
            load.warmUp(scenario);
            store.settle();
            measure(load, target, scenario, NONE);
        }
    }

    private DcrServer start(String configuration, String request) throws IOException, InterruptedException {
        return DcrServer.start(home.server(), home.file("server"), options.java(), configuration, home.body(request));
    }

    private String register(DcrServer server, String request) throws IOException, InterruptedException {
        return Http.send(201, "POST", server.endpoint(), "", "application/json", home.body(request));
    }
}
