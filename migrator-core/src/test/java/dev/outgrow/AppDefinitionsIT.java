package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ascii;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.Collation;
import org.sqlite.Function;

/** Files whose schema names what SQLite does not have here: the application's own definitions, lost tables of modules. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class AppDefinitionsIT {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("app.db");
    }

    private void write(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            Collation.create(connection, "unicase", new WithoutCase());
            Function.create(connection, "reversed", new Reversed(), 1, Function.FLAG_DETERMINISTIC);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> blockers(MigrationPlan plan) {
        return plan.blockers().stream().map(Notice::id).toList();
    }

    @Test
    @DisplayName("A collation of the application's own keeps nothing from being read, and is named where it is lost")
    void readsTablesInAnOrderOfTheApplication(TestDatabase database) throws SQLException {
        write(
                "CREATE TABLE deck(name TEXT PRIMARY KEY COLLATE unicase, n INTEGER) WITHOUT ROWID",
                "INSERT INTO deck VALUES ('b', 1), ('A', 2), ('C', 3), ('_', 4)",
                "CREATE TABLE tag(id INTEGER PRIMARY KEY, t TEXT NOT NULL COLLATE unicase, deck TEXT REFERENCES deck)",
                "CREATE UNIQUE INDEX tag_t ON tag(t)",
                "INSERT INTO tag(t, deck) VALUES ('x', 'A'), ('Y', 'C'), ('z', NULL)");
        Migration migration = Migration.from(file).to(database.dataSource());

        assertThat(blockers(migration.plan()))
                .containsExactlyInAnyOrder("collation:deck.name", "collation:tag.t", "index:tag_t");

        MigrationReport report = migration.accept("collation:*", "index:tag_t").run();
        assertThat(report.rows()).isEqualTo(7);
        assertThat(database.value("SELECT string_agg(name || n, ',' ORDER BY n) FROM deck"))
                .isEqualTo("b1,A2,C3,_4");
        assertThat(migration.validate().passed()).isTrue();
    }

    @Test
    @DisplayName("An orphan by the application's own collation is one by bytes, since PostgreSQL compares these")
    void findsOrphansByBytes(TestDatabase database) throws SQLException {
        write(
                "CREATE TABLE deck(name TEXT PRIMARY KEY COLLATE unicase)",
                "INSERT INTO deck VALUES ('b'), ('A')",
                "CREATE TABLE card(id INTEGER PRIMARY KEY, deck TEXT REFERENCES deck)",
                "INSERT INTO card(deck) VALUES ('A'), ('a')");
        MigrationPlan plan = Migration.from(file).to(database.dataSource()).plan();
        assertThat(plan.blockers())
                .filteredOn(notice -> notice.id().equals("orphans:card.deck"))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.count()).isEqualTo(1);
                    assertThat(notice.keys()).containsExactly("id=2");
                });
    }

    @Test
    @DisplayName(
            "What a function of the application's own computes arrives where it is stored, and is named where it is not")
    void namesWhatItCannotCompute(TestDatabase database) throws SQLException {
        write(
                "CREATE TABLE t(id INTEGER PRIMARY KEY, s TEXT,"
                        + " kept TEXT GENERATED ALWAYS AS (reversed(s)) STORED,"
                        + " lost TEXT GENERATED ALWAYS AS (reversed(s)) VIRTUAL,"
                        + " CONSTRAINT odd CHECK (reversed(s) <> 'zz'))",
                "CREATE INDEX t_reversed ON t(reversed(s))",
                "CREATE INDEX t_part ON t(s) WHERE reversed(s) = 'ba'",
                "INSERT INTO t(s) VALUES ('ab'), ('cd')",
                "CREATE VIEW v AS SELECT reversed(s) FROM t");
        Migration migration = Migration.from(file).to(database.dataSource());

        assertThat(blockers(migration.plan()))
                .containsExactlyInAnyOrder(
                        "generated:t.kept",
                        "generated:t.lost",
                        "check:t.odd",
                        "index:t_reversed",
                        "index:t_part",
                        "view:v");

        migration.accept("generated:*", "check:*", "index:*", "view:*").run();
        assertThat(database.rows("SELECT * FROM t ORDER BY id"))
                .containsExactly(List.of("1", "ab", "ba"), List.of("2", "cd", "dc"));
    }

    @Test
    @DisplayName("A virtual table that has lost its own tables does not keep the others from arriving")
    void readsBesideAVirtualTableThatIsBroken(TestDatabase database) throws SQLException {
        write(
                "CREATE TABLE t(id INTEGER PRIMARY KEY, s TEXT)",
                "INSERT INTO t(s) VALUES ('a'), ('b')",
                "CREATE VIRTUAL TABLE area USING rtree(id, x0, x1)",
                "INSERT INTO area VALUES (1, 0, 1)",
                "DROP TABLE area_node");
        Migration migration = Migration.from(file).to(database.dataSource());
        assertThat(blockers(migration.plan())).containsExactly("virtual:area");
        assertThat(migration.accept("virtual:area").run().rows()).isEqualTo(2);
    }

    @Test
    @DisplayName("A full-text index that its application left behind its content does not stop the content")
    void bringsTheContentOfAStaleTextIndex(TestDatabase database) throws SQLException {
        write(
                "CREATE VIRTUAL TABLE notes USING fts4(body)",
                "INSERT INTO notes(body) VALUES ('first words'), ('second words')",
                "UPDATE notes_content SET c0body = 'other content' WHERE docid = 2");
        Migration migration = Migration.from(file).to(database.dataSource());
        migration.accept("virtual:*").run();
        assertThat(database.value("SELECT string_agg(body, ',' ORDER BY body) FROM notes"))
                .isEqualTo("first words,other content");
    }

    private static final class WithoutCase extends Collation {
        @Override
        protected int xCompare(String one, String other) {
            return Ascii.toLowerCase(one).compareTo(Ascii.toLowerCase(other));
        }
    }

    private static final class Reversed extends Function {
        @Override
        protected void xFunc() throws SQLException {
            result(new StringBuilder(value_text(0)).reverse().toString());
        }
    }
}
