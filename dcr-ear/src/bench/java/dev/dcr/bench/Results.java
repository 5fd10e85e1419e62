package dev.dcr.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that was measured, in the order in which it was. Each result is printed as soon as it is there. */
final class Results {
    private final List<Measured> measured = new ArrayList<>();
    private final List<Started> started = new ArrayList<>();

    /**
     * One life of the server.
     *
     * @param seconds  from {@code java -jar} to the first 201
     * @param resident MiB after the last run with the most connections
     */
    record Started(String database, int clients, double seconds, long resident) {}

    void add(Measured result) {
        measured.add(result);
        System.out.println(Report.line(result));
    }

    void add(Started life) {
        started.add(life);
        System.out.println(Report.line(life));
    }

    List<Measured> measured() {
        return List.copyOf(measured);
    }

    List<Started> started() {
        return List.copyOf(started);
    }

    Optional<Measured> find(String target, String database, String scenario, int clients, int connections) {
        return measured.stream()
                .filter(result -> result.target().equals(target)
                        && result.database().equals(database)
                        && result.scenario().equals(scenario)
                        && result.clients() == clients
                        && result.connections() == connections)
                .findFirst();
    }
}
