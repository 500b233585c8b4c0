package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TcpProxy;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** More small tables than a hundred: the sessions that make them, and how they do with fewer. */
@ExtendWith(TestPostgres.class)
class ManyTablesIT {
    private static final int TABLES = 101;

    private static final int USUAL =
            Math.min(MigrationOptions.MOST_CONNECTIONS, Runtime.getRuntime().availableProcessors());

    @TempDir
    Path folder;

    private Path file(int tables) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            statements.add("CREATE TABLE t" + i + "(id INTEGER PRIMARY KEY, name TEXT)");
            statements.add("INSERT INTO t" + i + " VALUES (1, 'a'), (2, NULL)");
        }
        return SqliteFiles.write(folder.resolve(tables + ".db"), statements.toArray(String[]::new));
    }

    private static int sessions(Migration migration, TestDatabase database) {
        try (TcpProxy way = TcpProxy.to(database.jdbcUrl())) {
            assertThat(migration.to(way.url(database.jdbcUrl())).run().tables()).hasSize(TABLES);
            return way.accepted();
        }
    }

    @Test
    @DisplayName("Twice as many sessions make many tables, unless the caller says how many")
    void makesManyTablesOverMoreSessions(TestDatabase database) {
        assumeThat(USUAL).isLessThan(MigrationOptions.MOST_CONNECTIONS);
        Migration migration = Migration.from(file(TABLES));
        int usual = sessions(migration.parallelism(USUAL).into(TargetSchema.created("said")), database);
        assertThat(sessions(migration, database))
                .isEqualTo(usual + Math.min(USUAL, MigrationOptions.MOST_CONNECTIONS - USUAL));
    }

    @Test
    void makesThemOverThoseThatTheServerGives(TestDatabase database) {
        PGSimpleDataSource role = database.newRole("CONNECTION LIMIT " + (USUAL + 2));
        database.execute(
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + role.getUser(),
                "GRANT USAGE, CREATE ON SCHEMA public TO " + role.getUser());
        String url = TestDatabase.urlOf(role);
        assertThat(Migration.from(file(TABLES)).to(url).run().tables()).hasSize(TABLES);
    }
}
