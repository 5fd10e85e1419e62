package dev.dcr.it;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that a database holds, to see whether what was stored together is there together. */
record Books(List<Row> clients, List<Event> events, Set<String> spent) {
    record Row(String id, long version, String mark) {}

    /** @param mark of what was stored; empty for a deletion */
    record Event(String clientId, String action, String mark) {}

    static Books of(String url, String user, String password) throws SQLException {
        try (var connection = DriverManager.getConnection(url, user, password)) {
            return new Books(clients(connection), events(connection), spent(connection));
        }
    }

    /** No client without the entries of all that made it what it is, no entry without its client, nothing twice. */
    void balance() {
        var byClient = events.stream().collect(groupingBy(Event::clientId));
        var living = clients.stream().collect(toMap(Row::id, row -> row));
        assertThat(byClient.keySet()).containsAll(living.keySet());
        byClient.forEach((id, history) -> {
            assertThat(history)
                    .filteredOn(event -> event.action().equals("create"))
                    .as(id)
                    .hasSize(1);
            var deletions = history.stream()
                    .filter(event -> event.action().equals("delete"))
                    .count();
            assertThat(deletions).as(id).isEqualTo(living.containsKey(id) ? 0 : 1);
            if (living.containsKey(id)) assertHistory(living.get(id), history);
        });
    }

    private static void assertHistory(Row row, List<Event> history) {
        var updates = history.stream()
                .filter(event -> event.action().equals("update"))
                .count();
        assertThat(row.version()).as(row.id()).isEqualTo(updates);
        assertThat(history).last().extracting(Event::mark).isEqualTo(row.mark());
    }

    /** A {@code jti} is spent exactly if its request was stored. */
    void assertSpentWithWhatIsStored(Set<String> signedMarks) {
        var stored =
                events.stream().map(Event::mark).filter(signedMarks::contains).collect(toSet());
        assertThat(spent).isEqualTo(stored);
    }

    /** These clients have these marks. */
    void assertMarks(Map<String, String> markByClient) {
        var marks = clients.stream().collect(toMap(Row::id, Row::mark));
        assertThat(marks).containsAllEntriesOf(markByClient);
    }

    private static List<Row> clients(Connection database) throws SQLException {
        var found = new ArrayList<Row>();
        try (var rows = database.createStatement().executeQuery("select client_id, version, metadata from client")) {
            while (rows.next()) found.add(new Row(rows.getString(1), rows.getLong(2), mark(rows.getString(3))));
        }
        return found;
    }

    private static List<Event> events(Connection database) throws SQLException {
        var found = new ArrayList<Event>();
        try (var rows = database.createStatement()
                .executeQuery("select client_id, action, metadata_after from audit_event"
                        + " where action in ('create', 'update', 'delete') order by id")) {
            while (rows.next()) found.add(new Event(rows.getString(1), rows.getString(2), mark(rows.getString(3))));
        }
        return found;
    }

    private static Set<String> spent(Connection database) throws SQLException {
        var found = new HashSet<String>();
        try (var rows = database.createStatement().executeQuery("select jti from request_jti")) {
            while (rows.next()) found.add(rows.getString(1));
        }
        return found;
    }

    private static String mark(String metadata) {
        return metadata == null ? "" : Customer.markOf(Scene.json(metadata));
    }
}
