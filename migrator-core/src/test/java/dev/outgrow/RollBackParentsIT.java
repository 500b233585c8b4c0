package dev.outgrow;

import static dev.outgrow.RollBackCase.execute;
import static dev.outgrow.RollBackCase.rows;
import static dev.outgrow.SwitchoverCase.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.Reason;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.option.WayBack;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way back of rows whose parents only SQLite demands: the app's tables in PostgreSQL have no foreign keys. */
@ExtendWith(TestPostgres.class)
class RollBackParentsIT {
    @TempDir
    Path folder;

    private Path newFile() {
        return folder.resolve("new.db");
    }

    private Switchover switched(TestDatabase database) {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE parents(id INTEGER PRIMARY KEY, name TEXT UNIQUE)",
                "CREATE TABLE children(id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parents(id), note TEXT)",
                "CREATE TABLE named(id INTEGER PRIMARY KEY, parent TEXT REFERENCES parents(name))",
                "CREATE INDEX by_parent ON children(parent)",
                "CREATE INDEX by_name ON named(parent)",
                "INSERT INTO parents VALUES (1, 'one'), (2, CAST(x'e4' AS TEXT)), (3, 'three'), (4, 'four'), (5, 'five')",
                "INSERT INTO children VALUES (1, 1, 'a'), (2, 2, 'b'), (3, NULL, 'c')",
                "INSERT INTO named VALUES (1, 'four'), (2, CAST(x'e4' AS TEXT))");
        execute(
                database,
                "CREATE TABLE parents(id bigint PRIMARY KEY, name text)",
                "CREATE TABLE children(id bigint PRIMARY KEY, parent bigint, note text)",
                "CREATE TABLE named(id bigint PRIMARY KEY, parent text)");
        Switchover switchover = Switchover.of(Migration.from(file)
                        .to(database.dataSource())
                        .into(TargetSchema.existing("public"))
                        .accept("*")
                        .typeRules(TypeRules.standard()
                                .column("parents", "name")
                                .latin1()
                                .column("named", "parent")
                                .latin1()))
                .wayBack(WayBack.NOT_NEEDED);
        switchover.switchOver();
        return switchover;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM parents WHERE id = 1",
                "UPDATE parents SET id = 10 WHERE id = 1",
                "UPDATE parents SET name = 'fourth' WHERE id = 4",
                "DELETE FROM parents WHERE id = 2; UPDATE children SET parent = NULL WHERE id = 2",
                "UPDATE children SET parent = 99 WHERE id = 1",
                "INSERT INTO children VALUES (4, 99, 'd')",
                "INSERT INTO named VALUES (3, 'nobody')"
            })
    void refusesRowsWithoutAParent(String writes, TestDatabase database) {
        Switchover switchover = switched(database);
        execute(database, writes.split("; "));
        assertThat(failed(Reason.NO_WAY_BACK, () -> switchover.rollBack(newFile())))
                .hasMessageContaining("1 row")
                .hasMessageContaining("that are not there");
        assertThat(newFile()).doesNotExist();
    }

    @Test
    void carriesWhatHasParents(TestDatabase database) {
        Switchover switchover = switched(database);
        execute(
                database,
                "DELETE FROM parents WHERE id = 3",
                "UPDATE parents SET id = 50 WHERE id = 5",
                "INSERT INTO parents VALUES (6, 'six')",
                "UPDATE children SET parent = 50 WHERE id = 1",
                "INSERT INTO children VALUES (4, 6, 'd')",
                "INSERT INTO named VALUES (3, 'six')",
                "DELETE FROM named WHERE id = 2",
                "UPDATE parents SET name = NULL WHERE id = 2");
        switchover.rollBack(newFile());
        assertThat(rows(newFile(), "children", "id"))
                .containsExactly(
                        "integer:1|integer:50|text:'a'",
                        "integer:2|integer:2|text:'b'",
                        "integer:3|null:NULL|text:'c'",
                        "integer:4|integer:6|text:'d'");
    }
}
