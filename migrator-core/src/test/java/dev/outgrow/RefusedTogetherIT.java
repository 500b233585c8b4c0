package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.progress.MigrationListener;
import dev.outgrow.progress.Progressed;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The rows of a small table and what follows them are one transaction, unless the server refuses that. */
@ExtendWith(TestPostgres.class)
class RefusedTogetherIT {
    /** Refuses an index in a transaction that is in the state given to the rows of its table, and counts that. */
    private static final String REFUSING = """
            CREATE FUNCTION watch.refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$
            DECLARE
                command record;
                refused boolean;
            BEGIN
                FOR command IN SELECT i.indrelid::regclass AS notes
                                 FROM pg_event_trigger_ddl_commands() AS made JOIN pg_index AS i ON i.indexrelid = made.objid LOOP
                    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %%s WHERE pg_xact_status(xmin::text::xid8) IN (%s))',
                            command.notes) INTO refused;
                    IF refused THEN
                        PERFORM nextval('watch.refused'), pg_sleep(0.3);
                        RAISE EXCEPTION 'not now';
                    END IF;
                END LOOP;
            END $$""";

    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, String states) {
        database.execute(
                "CREATE SCHEMA watch",
                "CREATE SEQUENCE watch.refused",
                REFUSING.formatted(states),
                "CREATE EVENT TRIGGER refusing ON ddl_command_end WHEN TAG IN ('CREATE INDEX')"
                        + " EXECUTE FUNCTION watch.refuse()");
        return Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE notes(id INTEGER PRIMARY KEY, body TEXT)",
                        "CREATE INDEX notes_body ON notes(body)",
                        "INSERT INTO notes VALUES (1, 'one'), (2, 'two'), (7, 'seven')")
                .accept("event-trigger:*");
    }

    @Test
    @DisplayName("Rows are copied once more, and once only, if what follows them is refused in their transaction")
    void copiesTheRowsOnceMore(TestDatabase database) {
        try {
            List<Long> told = Collections.synchronizedList(new ArrayList<>());
            migration(database, "''in progress''")
                    .listener(new MigrationListener() {
                        @Override
                        public void progressed(Progressed event) {
                            told.add(event.rows());
                        }
                    })
                    .run();
            assertThat(told).isNotEmpty().allMatch(rows -> rows <= 3);
            assertThat(database.value("SELECT last_value || ' ' || is_called FROM watch.refused"))
                    .isEqualTo("1 true");
            assertThat(database.rows("SELECT id, body FROM notes ORDER BY id"))
                    .containsExactly(List.of("1", "one"), List.of("2", "two"), List.of("7", "seven"));
            assertThat(database.value("SELECT count(*) FROM pg_indexes WHERE indexname = 'notes_body'"))
                    .isEqualTo("1");
        } finally {
            database.execute("DROP EVENT TRIGGER refusing");
        }
    }

    @Test
    @DisplayName("What is refused by itself as well is named")
    void namesWhatIsRefused(TestDatabase database) {
        try {
            MigrationException thrown = catchThrowableOfType(
                    MigrationException.class,
                    () -> migration(database, "''in progress'', ''committed''").run());
            assertThat(thrown).hasMessageContaining("index:notes_");
            assertThat(database.value("SELECT to_regclass('public.notes') IS NULL"))
                    .isEqualTo("t");
        } finally {
            database.execute("DROP EVENT TRIGGER refusing");
        }
    }
}
