package dev.dcr.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every migration is one that may run while the version before it serves from a table of ten million rows. */
class MigrationFilesTest {
    @ParameterizedTest
    @MethodSource("files")
    void holdsNobodyUp(Path file) throws IOException {
        assertThat(file.getFileName().toString()).matches("V\\d+__[a-z0-9_]+\\.sql");
        assertThat(MigrationRules.breaches(Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index client_later on client (later);",
                "create unique index client_later on client (later);",
                "create index concurrently client_later on client (later);",
                "create index ${concurrently} client_later on client (later);",
                "drop index ${concurrently} if exists other; create index ${concurrently} client_later on client (later);",
                "drop index ${concurrently} if exists i; create index ${concurrently} i on client (x);"
                        + " alter table client add column later integer;",
                "alter table client add column later integer not null;",
                "alter table client add column later timestamp default now();",
                "alter table client add column later uuid default gen_random_uuid() not null;",
                "alter table client add column later integer unique;",
                "alter table client add column later integer check (later > 0);",
                "alter table client add column later bigint generated always as identity;",
                "alter table client add column a integer, alter column client_id type text;",
                "alter table client alter column client_id type text;",
                "alter table client alter column client_id set data type text;",
                "alter table client alter column software_id set not null;",
                "alter table client add constraint later unique (later);",
                "alter table client add constraint later check (version > 0);",
                "alter table client rename column version to later;",
                "alter table client rename to later;",
                "update client set later = 0;",
                "delete from audit_event;",
                "insert into later (id) select client_id from client;",
                "lock table client;",
                "truncate audit_event;",
                "vacuum full client;",
            })
    void wouldHoldRequestsUp(String migration) {
        assertThat(MigrationRules.breaches(migration)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table client add column later varchar(10);",
                "alter table client add column later timestamp(6) with time zone; -- filled later",
                "alter table client\n    add column later ${json};",
                "alter table client add column later integer default 0 not null;",
                "alter table client alter column software_id drop not null;",
                "alter table client drop column later;",
                "create table later (id bigint not null, constraint later_pk primary key (id));"
                        + " create index later_id on later (id); alter table later add constraint positive check (id > 0);",
                "drop index ${concurrently} if exists client_later;\n"
                        + "create index ${concurrently} client_later on client (later);",
            })
    void holdsNobodyUpEither(String migration) {
        assertThat(MigrationRules.breaches(migration)).isEmpty();
    }

    @Test
    void namesTheStatementThatIsWrong() {
        assertThat(MigrationRules.breaches("alter table client add column a integer; update client set a = 1;"))
                .isEqualTo(List.of("update client set a = 1"));
    }

    static Stream<Path> files() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            return files.toList().stream();
        }
    }
}
