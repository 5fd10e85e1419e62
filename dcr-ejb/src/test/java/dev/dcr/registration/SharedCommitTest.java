package dev.dcr.registration;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dcr.audit.Change;
import dev.dcr.error.RegistrationError.Conflict;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.replay.Jti;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.exception.JDBCConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedCommitTest {
    private static final int AT_A_TIME = 2;

    private final Database database = new Database();
    private final SharedCommit commits = new SharedCommit();
    private final ExecutorService requests = Executors.newCachedThreadPool();

    @BeforeEach
    void useDatabase() {
        commits.clients = database;
    }

    @AfterEach
    void stop() {
        database.open.countDown();
        requests.shutdownNow();
    }

    @Test
    void aWriteThatComesAloneIsCommittedAtOnce() {
        database.open.countDown();
        assertThat(commits.store(creation("alone")).clientId()).isEqualTo("alone");
        assertThat(database.commits).containsExactly(List.of("alone"));
    }

    @Test
    void writesThatComeMeanwhileShareTheNextCommit() {
        occupy();
        var shared = IntStream.range(0, 10).mapToObj(i -> store("later-" + i)).toList();
        await().until(() -> commits.waiting() == shared.size());
        database.open.countDown();

        for (var i = 0; i < shared.size(); i++)
            assertThat(shared.get(i).join().clientId()).isEqualTo("later-" + i);
        assertThat(database.commits).hasSizeLessThanOrEqualTo(AT_A_TIME + 2);
        assertThat(database.commits.stream().flatMap(List::stream)).doesNotHaveDuplicates();
    }

    @Test
    void twoWritesOfOneClientDoNotShareACommit() {
        occupy();
        var shared = Stream.of("twin", "other", "twin", "another", "twin")
                .map(this::store)
                .toList();
        await().until(() -> commits.waiting() == shared.size());
        database.open.countDown();

        shared.forEach(CompletableFuture::join);
        assertThat(database.commits).allSatisfy(commit -> assertThat(commit).doesNotHaveDuplicates());
    }

    @Test
    void whoeverIsRefusedIsRefusedAlone() {
        occupy();
        database.conflicting = "later-1";
        var shared = IntStream.range(0, 3).mapToObj(i -> store("later-" + i)).toList();
        await().until(() -> commits.waiting() == shared.size());
        database.open.countDown();

        assertThat(shared.get(0).join().clientId()).isEqualTo("later-0");
        assertThatThrownBy(() -> shared.get(1).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RegistrationRefused.class);
        assertThat(shared.get(2).join().clientId()).isEqualTo("later-2");
    }

    @Test
    void aDatabaseThatIsOutOfReachIsNotAskedOnceMore() {
        occupy();
        database.unreachable = true;
        var shared = IntStream.range(0, 3).mapToObj(i -> store("later-" + i)).toList();
        await().until(() -> commits.waiting() == shared.size());
        database.open.countDown();

        for (var request : shared) assertThatThrownBy(request::join).hasCauseInstanceOf(JDBCConnectionException.class);
        assertThat(database.entered.stream().filter(id -> id.startsWith("later")))
                .doesNotHaveDuplicates();
    }

    @Test
    void anErrorReachesAllWhomItConcernsAndStopsNobodyElse() {
        occupy();
        database.dying = "later-0";
        var first = store("later-0");
        var second = store("later-1");
        await().until(() -> commits.waiting() == 2);
        database.open.countDown();

        // which of the two drives, and whether they travel together, is for the scheduler; neither waits for ever
        assertThatThrownBy(first::join).isInstanceOf(CompletionException.class);
        assertThat(second.handle((client, failure) -> true).join()).isTrue();
        assertThat(store("afterwards").join().clientId()).isEqualTo("afterwards");
    }

    @Test
    void aWriteThatSpendsAJtiWaitsForNobodyAndIsCommittedAlone() {
        occupy();
        var jti = new Jti("https://software.example", "1", Instant.EPOCH);
        var signed = new Write.Creation(client("signed"), Optional.empty(), Set.of(jti), change("signed"));
        var stored = supplyAsync(() -> commits.store(signed), requests);
        await().until(() -> database.entered.contains("signed"));
        assertThat(commits.waiting()).isZero();
        database.open.countDown();
        stored.join();
        assertThat(database.commits).contains(List.of("signed"));
    }

    @Test
    void anInterruptedRequestIsStoredAndStaysInterrupted() {
        occupy();
        var interrupted = supplyAsync(
                () -> {
                    Thread.currentThread().interrupt();
                    commits.store(creation("interrupted"));
                    return Thread.interrupted();
                },
                requests);
        await().until(() -> commits.waiting() == 1);
        database.open.countDown();
        assertThat(interrupted.join()).isTrue();
        assertThat(database.commits).contains(List.of("interrupted"));
    }

    /** Has as many commits under way as there may be. */
    private void occupy() {
        for (var i = 0; i < AT_A_TIME; i++) store("early-" + i);
        await().until(() -> database.entered.size() == AT_A_TIME);
    }

    private CompletableFuture<RegisteredClient> store(String id) {
        return supplyAsync(() -> commits.store(creation(id)), requests);
    }

    private static Write creation(String id) {
        return new Write.Creation(client(id), Optional.empty(), Set.of(), change(id));
    }

    private static RegisteredClient client(String id) {
        return new RegisteredClient(id, Instant.EPOCH);
    }

    private static Change change(String id) {
        return new Change(
                Change.Action.CREATE, Optional.of(id), "anyone", "1", "127.0.0.1", Optional.empty(), Optional.empty());
    }

    /** Takes writes when it is told to open, and notes what comes in one commit. */
    private static final class Database extends Clients {
        final CountDownLatch open = new CountDownLatch(1);
        final ConcurrentLinkedQueue<String> entered = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<List<String>> commits = new ConcurrentLinkedQueue<>();
        volatile String conflicting = "";
        volatile String dying = "";
        volatile boolean unreachable;

        @Override
        public List<RegisteredClient> store(List<Write> writes) {
            var ids = writes.stream().map(Write::clientId).toList();
            entered.addAll(ids);
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (unreachable) throw new JDBCConnectionException("gone", new SQLException("gone", "08006"));
            if (ids.contains(dying)) throw new StackOverflowError("deep");
            if (ids.contains(conflicting)) throw new RegistrationRefused(new Conflict("changed"));
            commits.add(ids);
            return writes.stream()
                    .map(write -> ((Write.Creation) write).client())
                    .toList();
        }
    }
}
