package dev.outgrow;

import static dev.outgrow.SwitchoverCase.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What carrying late writes over does to the rest of the target: nothing. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class CarriedLateWritesIT {
    @TempDir
    Path folder;

    private SwitchoverCase app;

    @BeforeEach
    void writesAnApp(TestDatabase database) {
        app = new SwitchoverCase(folder, database).withFile();
    }

    private Switchover switchover() {
        return app.withPostgres().seal(false);
    }

    private String log() {
        return app.database()
                .rows("SELECT line, count(*) FROM log GROUP BY 1 ORDER BY 1")
                .toString();
    }

    @Test
    void carriesChangedRowsOfATableWithoutAKeyByTheirCopies() {
        switchover().switchOver();
        app.write(
                "UPDATE log SET line = 'z' WHERE rowid = 1",
                "DELETE FROM log WHERE line = 'y'",
                "INSERT INTO log VALUES (NULL), (NULL), ('')");
        assertThat(switchover().status().lateWrites().tables())
                .singleElement()
                .hasToString("log: 4 inserted, 0 changed, 2 deleted");
        app.database().execute("INSERT INTO log VALUES ('new')");
        switchover().carryLateWrites();
        assertThat(log()).isEqualTo("[[, 1], [new, 1], [x, 1], [z, 1], [null, 2]]");
        assertThat(switchover().active()).isEqualTo(ActiveDatabase.POSTGRES);
    }

    @Test
    void namesTheTableWithoutAKeyWhoseCopiesPostgresHasNoLonger() {
        switchover().switchOver();
        app.write("DELETE FROM log WHERE rowid = 1");
        for (String change : List.of("INSERT INTO log VALUES ('x')", "DELETE FROM log WHERE line = 'x'")) {
            app.database().execute(change);
            String before = log();
            assertThat(failed(Reason.LATE_WRITES_CONFLICT, switchover()::carryLateWrites))
                    .hasMessageContaining("log (it has no key");
            assertThat(log()).isEqualTo(before);
        }
        app.database().execute("INSERT INTO log VALUES ('x')");
        assertThat(switchover().carryLateWrites().rows()).isEqualTo(1);
        assertThat(log()).isEqualTo("[[x, 1], [y, 1]]");
    }

    @Test
    void stopsAtARowWithoutAKeyThatBothSidesChanged() {
        switchover().switchOver();
        app.write("UPDATE log SET line = 'late' WHERE line = 'y'");
        app.database().execute("UPDATE log SET line = 'other' WHERE line = 'y'");
        assertThat(failed(Reason.LATE_WRITES_CONFLICT, switchover()::carryLateWrites))
                .hasMessageContaining("log (it has no key");
        assertThat(log()).isEqualTo("[[other, 1], [x, 2]]");
        app.write("DELETE FROM log WHERE line = 'late'");
        assertThat(switchover().carryLateWrites().rows()).isEqualTo(1);
        assertThat(log()).isEqualTo("[[other, 1], [x, 2]]");
    }

    @Test
    void computesMaterializedViewsAgain() {
        switchover().switchOver();
        app.database().execute("CREATE MATERIALIZED VIEW lines AS SELECT count(*) AS c FROM log");
        app.write("INSERT INTO log VALUES ('late')");
        String before = app.database().value("SELECT c + 1 FROM lines");
        switchover().carryLateWrites();
        assertThat(app.database().value("SELECT c FROM lines")).isEqualTo(before);
    }

    @Test
    void leavesTriggersAndRulesSilentAndAsTheyWere() {
        switchover().switchOver();
        app.database().execute("CREATE TABLE called(what text)", """
                        CREATE FUNCTION call() RETURNS trigger LANGUAGE plpgsql AS
                        'BEGIN INSERT INTO public.called VALUES (TG_NAME); RETURN coalesce(NEW, OLD); END'""");
        for (String table : List.of("users", "posts", "log")) {
            for (String mode : List.of("ENABLE", "ENABLE ALWAYS", "ENABLE REPLICA", "DISABLE")) {
                String name = table + "_" + mode.toLowerCase(Locale.ROOT).replace(' ', '_');
                app.database()
                        .execute(
                                "CREATE TRIGGER " + name + " BEFORE INSERT OR UPDATE OR DELETE ON " + table
                                        + " FOR EACH ROW EXECUTE FUNCTION call()",
                                "ALTER TABLE " + table + " " + mode + " TRIGGER " + name);
            }
            app.database()
                    .execute("CREATE RULE " + table + "_rule AS ON INSERT TO " + table
                            + " DO ALSO INSERT INTO called VALUES ('rule')");
        }
        app.database().execute("ALTER TABLE users ENABLE ALWAYS RULE users_rule");
        String modes = "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal UNION ALL"
                + " SELECT rulename, ev_enabled FROM pg_rewrite WHERE rulename LIKE '%\\_rule' ORDER BY 1";
        String before = app.database().rows(modes).toString();
        app.write(
                "INSERT INTO users VALUES (10, 'Eve', 'late')",
                "UPDATE users SET note = 'late' WHERE id = 2",
                "DELETE FROM posts WHERE id = 1",
                "INSERT INTO log VALUES ('late')");
        assertThat(switchover().carryLateWrites().rows()).isEqualTo(4);
        assertThat(app.database().value("SELECT count(*) FROM called")).isEqualTo("0");
        assertThat(app.database().rows(modes)).hasToString(before);
        app.database().execute("INSERT INTO log VALUES ('in time')");
        assertThat(app.database().value("SELECT count(*) FROM called")).isEqualTo("3");
    }

    @Test
    void takesNoRowAlongThatPostgresAloneHas() {
        app.write(
                "CREATE TABLE parents(id INTEGER PRIMARY KEY)",
                "CREATE TABLE children(id INTEGER PRIMARY KEY, parent INT REFERENCES parents(id) ON DELETE CASCADE)",
                "CREATE TABLE loose(id INTEGER PRIMARY KEY, parent INT REFERENCES parents(id) ON DELETE SET NULL)",
                "INSERT INTO parents VALUES (1), (2)",
                "INSERT INTO children VALUES (1, 1), (2, 2)");
        switchover().switchOver();
        app.write("DELETE FROM children WHERE parent = 1", "DELETE FROM parents WHERE id = 1");
        for (String table : List.of("children", "loose")) {
            app.database().execute("INSERT INTO " + table + " VALUES (7, 1)");
            assertThat(failed(Reason.LATE_WRITES_CONFLICT, switchover()::carryLateWrites))
                    .hasMessageContaining("table " + table);
            assertThat(app.database().rows("SELECT id, parent FROM " + table + " WHERE id = 7"))
                    .hasToString("[[7, 1]]");
            assertThat(app.database().value("SELECT count(*) FROM parents")).isEqualTo("2");
            app.database().execute("DELETE FROM " + table + " WHERE id = 7");
        }
        assertThat(switchover().carryLateWrites().rows()).isEqualTo(2);
        assertThat(app.database().rows("SELECT id, parent FROM children")).hasToString("[[2, 2]]");
        app.database().execute("DELETE FROM parents WHERE id = 2");
        assertThat(app.database().value("SELECT count(*) FROM children"))
                .as("the key still cascades")
                .isEqualTo("0");
    }

    @Test
    void namesTheConstraintThatStandsAgainstARowOfPostgresOwn() {
        switchover().switchOver();
        app.write("INSERT INTO users VALUES (10, 'Eve', 'late')");
        app.database().execute("INSERT INTO users VALUES (11, 'Eve', 'other')");
        assertThat(failed(Reason.LATE_WRITES_CONFLICT, switchover()::carryLateWrites))
                .hasMessageContaining("table users (")
                .hasMessageContaining("23505")
                .hasMessageNotContaining("Eve");
        app.database().execute("UPDATE users SET name = 'Other Eve' WHERE id = 11");
        assertThat(switchover().carryLateWrites().rows()).isEqualTo(1);
    }
}
