package dev.dcr.it;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;

import dev.dcr.sandbox.Sandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The server is killed at random moments of creations, updates and deletions, started again on the same data, and asked
 * for everything that it has acknowledged. {@code -Dkills=200} kills more often than the build does; {@code -Dseed} repeats
 * the choices of a run, though not its timing.
 */
class KillsIT {
    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    /** Every so many kills the server is stopped as it should be: databases in a file tidy up when they are closed. */
    private static final int REST = 10;

    private static final int CUSTOMERS = 4;
    /** Acknowledged changes after each start, so that the kill does not come before there is anything to lose. */
    private static final int ENOUGH = 20;

    private static final int LONGEST_WORK_MILLIS = 300;

    private final Random random = new Random(SEED);

    @Test
    void nothingAcknowledgedIsLostOnEmbeddedH2() throws Exception {
        outlives(Map.of(), directory -> {
            var file = directory.resolve("data/dcr").toAbsolutePath();
            return Books.of("jdbc:h2:file:" + file + ";IFEXISTS=TRUE", "sa", "sa");
        });
    }

    @Test
    void nothingAcknowledgedIsLostOnPostgres() throws Exception {
        try (var database = OwnPostgres.start()) {
            outlives(Map.of("DCR_DATABASE_URL", database.url()), directory -> Books.of(database.url(), null, null));
        }
    }

    /** Opens the database when no server runs. */
    private interface Audit {
        Books open(Path directory) throws SQLException;
    }

    private void outlives(Map<String, String> environment, Audit audit) throws Exception {
        try (var sandbox = Sandbox.start(Scene.AUDIENCE)) {
            var customers = IntStream.range(0, CUSTOMERS)
                    .mapToObj(i -> new Customer(sandbox.directory(), SEED + i))
                    .toList();
            var server = server(sandbox, environment).start();
            for (var kill = 0; kill < KILLS; kill++) {
                killAtWork(server, customers);
                server = server(sandbox, environment).in(server.directory()).start();
                for (var customer : customers) customer.verify(clientOf(server));
                if (kill % REST == REST - 1) {
                    server.close();
                    server = server(sandbox, environment).in(server.directory()).start();
                }
            }
            server.close();
            balance(audit.open(server.directory()), customers);
            report(customers);
        }
    }

    private void killAtWork(ServerProcess server, List<Customer> customers) {
        var threads = Executors.newFixedThreadPool(CUSTOMERS);
        try {
            var before = acknowledged(customers);
            var work = customers.stream()
                    .map(customer -> CompletableFuture.runAsync(() -> customer.work(clientOf(server)), threads))
                    .toList();
            await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged(customers) >= before + ENOUGH);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_WORK_MILLIS)));
            server.kill();
            work.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }

    private static void balance(Books books, List<Customer> customers) {
        books.balance();
        books.assertSpentWithWhatIsStored(customers.stream()
                .flatMap(customer -> customer.signedMarks().stream())
                .collect(toSet()));
        books.assertMarks(customers.stream()
                .flatMap(customer -> customer.markByLostClient().entrySet().stream())
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static int acknowledged(List<Customer> customers) {
        return customers.stream().mapToInt(Customer::acknowledged).sum();
    }

    private static void report(List<Customer> customers) {
        System.out.printf(
                "%d kills (seed %d): %d changes acknowledged, all there; of updates and deletions without a reply"
                        + " %d had been carried out, %d not%n",
                KILLS,
                SEED,
                acknowledged(customers),
                customers.stream().mapToInt(Customer::carriedOut).sum(),
                customers.stream().mapToInt(Customer::leftUndone).sum());
    }

    private static ServerProcess.Setup server(Sandbox sandbox, Map<String, String> environment) {
        var setup = ServerProcess.configured(Scene.openRegistration() + """
                [dcr.management]
                rotate_registration_access_token = true
                """ + Scene.directory(sandbox));
        environment.forEach(setup::environment);
        return setup;
    }

    private static RegistrationClient clientOf(ServerProcess server) {
        return new RegistrationClient(server.http().resolve("/register"));
    }
}
