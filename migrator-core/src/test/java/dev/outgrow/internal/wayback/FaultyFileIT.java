package dev.outgrow.internal.wayback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.outgrow.Migration;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.ValidationFailedException;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.sqlite.source.NewFile;
import dev.outgrow.internal.sqlite.source.SourceDatabase;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.validate.TableComparison;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong in the new file behind the back of whoever wrote it is found before it gets its name. */
@ExtendWith(TestPostgres.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyFileIT {
    private static final String NUMBERS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) ";

    private Path folder = Path.of("");
    private MigrationOptions options = MigrationOptions.of(SourceDatabase.of(Path.of("app.db")));
    private PgServer server = PgServer.of("jdbc:postgresql://localhost/none");
    private Path backup = Path.of("app.db.outgrow-backup");

    @BeforeAll
    void goesThereAndWrites(TestDatabase database, @TempDir Path place) {
        folder = place;
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE parents(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
                "CREATE TABLE children(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents(id), n REAL, body)",
                "CREATE TABLE words(word TEXT PRIMARY KEY, n INTEGER)",
                "CREATE INDEX by_parent ON children(parent)",
                "CREATE INDEX by_n ON children(n, body)",
                NUMBERS + "INSERT INTO parents SELECT i, 'name ' || i FROM n",
                NUMBERS + "INSERT INTO children SELECT i, 1 + i * 7 % 4000, i % 100,"
                        + " 'body ' || i || CASE WHEN i % 500 = 0 THEN hex(zeroblob(9000)) ELSE '' END FROM n",
                NUMBERS + "INSERT INTO words SELECT 'word ' || i, i FROM n");
        Migration.from(file).to(database.dataSource()).run();
        backup = folder.resolve("app.db.outgrow-backup");
        database.execute(
                "UPDATE children SET body = 'changed', n = 7.5 WHERE id % 400 = 3",
                "DELETE FROM children WHERE id % 400 = 5",
                "INSERT INTO children SELECT 10000 + i, i, i, 'new ' || i FROM generate_series(1, 20) i",
                "UPDATE words SET n = -1 WHERE n % 1000 = 11",
                "INSERT INTO words VALUES ('a\\b''c', 1)",
                "DELETE FROM children WHERE parent = 77",
                "DELETE FROM parents WHERE id = 77",
                "INSERT INTO parents VALUES (5000, 'new')");
        options = MigrationOptions.of(SourceDatabase.of(file)).withServer(PgServer.of(database.dataSource()));
        server = PgServer.of(database.dataSource());
    }

    /** As a file that is too large to be checked as a whole. */
    private CarriedBack.Result back(CarriedBack.Written fault) throws Exception {
        return back(fault, 0);
    }

    private CarriedBack.Result back(CarriedBack.Written fault, long wholeBytes) throws Exception {
        try (Connection postgres = server.open();
                NewFile made = NewFile.copyOf(backup, NewFile.place(folder.resolve("back.db")))) {
            postgres.setAutoCommit(false);
            try (Statement statement = postgres.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            }
            CarriedBack.Result result = new CarriedBack(options, server, postgres, null, fault, wholeBytes)
                    .into(made, backup, made.origin(), Optional.empty());
            postgres.rollback();
            return result;
        }
    }

    @Test
    void findsNothingIfNothingIsWrong() throws Exception {
        CarriedBack.Result result = back(file -> {});
        assertThat(result.validation().passed()).isTrue();
        assertThat(result.validation().tables())
                .extracting(TableComparison::table, TableComparison::sourceRows, TableComparison::valuesCompared)
                .contains(tuple("words", 4001L, 8002L));
    }

    /** The same row in another place, with the same bytes, is the same row. */
    @Test
    void takesRowsThatMovedForWhatTheyAre() throws Exception {
        CarriedBack.Result result = back(file -> execute(
                file,
                "CREATE TEMP TABLE aside AS SELECT rowid AS r, * FROM words WHERE n BETWEEN 100 AND 2000",
                "DELETE FROM words WHERE n BETWEEN 100 AND 2000",
                "INSERT INTO words(rowid, word, n) SELECT r, word, n FROM aside ORDER BY r DESC"));
        assertThat(result.validation().passed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE children SET body = 'wrong' WHERE id = 403",
                "UPDATE children SET n = 7.25 WHERE id = 403",
                "UPDATE children SET body = 'wrong' WHERE id = 404",
                "UPDATE children SET body = CAST(body AS BLOB) WHERE id = 1000",
                "UPDATE children SET body = body || 'x' WHERE id = 1500",
                "UPDATE children SET id = 20000 WHERE id = 404",
                "UPDATE children SET id = 20000 WHERE id = 10004",
                "DELETE FROM children WHERE id = 404",
                "DELETE FROM children WHERE id = 403",
                "DELETE FROM children WHERE id = 10004",
                "INSERT INTO children VALUES (405, 1, 1, 'still here')",
                "INSERT INTO children VALUES (30000, 1, 1, 'one more')",
                "UPDATE words SET n = n + 1 WHERE word = 'word 5'",
                "UPDATE words SET word = 'word five' WHERE word = 'word 5'",
                "DELETE FROM words WHERE n = 1",
                "UPDATE parents SET name = 'other' WHERE id = 5000"
            })
    void findsARowThatIsNotWhatItMustBe(String fault) {
        assertThatThrownBy(() -> back(file -> execute(file, fault))).isInstanceOf(ValidationFailedException.class);
    }

    /** REINDEX makes the index anew as the schema says at that moment, on the page on which it was. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "by_parent ON children(parent) WHERE id <> 404",
                "by_parent ON children(parent) WHERE id <> 403",
                "by_parent ON children(parent DESC)",
                "by_parent ON children(n)",
                "by_n ON children(n, body) WHERE id <> 10004",
                "by_n ON children(n, parent)"
            })
    void findsAnIndexThatIsNotWhatItMustBe(String instead) {
        Throwable thrown = catchThrowable(() -> back(file -> make(file, instead)));
        assertThat(thrown).isInstanceOf(MigrationException.class).hasMessageContaining("integrity_check");
    }

    private static void make(Connection file, String instead) throws SQLException {
        String name = instead.substring(0, instead.indexOf(' '));
        String right = value(file, "SELECT sql FROM sqlite_schema WHERE name = '" + name + "'");
        define(file, name, "CREATE INDEX " + instead);
        execute(file, "REINDEX " + name);
        define(file, name, right);
    }

    /** Then nothing that was shown otherwise spares SQLite's checks a table. */
    @Test
    void checksAFileThatIsNotLargeAsAWhole() throws Exception {
        assertThat(back(file -> {}, Long.MAX_VALUE).validation().passed()).isTrue();
        assertThatThrownBy(() -> back(file -> make(file, "by_n ON children(n, parent)"), Long.MAX_VALUE))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("SQLite's integrity_check finds");
        assertThatThrownBy(() -> back(file -> execute(file, "DELETE FROM parents WHERE id = 8"), Long.MAX_VALUE))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("that are not there");
    }

    private static void define(Connection file, String index, String sql) throws SQLException {
        execute(
                file,
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = '" + sql + "' WHERE name = '" + index + "'",
                "PRAGMA writable_schema = RESET");
    }

    private static void execute(Connection file, String... statements) throws SQLException {
        try (Statement statement = file.createStatement()) {
            for (String sql : List.of(statements)) {
                statement.execute(sql);
            }
        }
    }

    private static String value(Connection file, String query) throws SQLException {
        try (Statement statement = file.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
