package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.report.CopiedAhead;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A copy that waits for a switch may be altered in ways that no comparison of values shows. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class AlteredCopyAheadIT {
    private static final List<String> ALTERATIONS = List.of(
            "ALTER TABLE %s.a ALTER t SET DEFAULT 'other'",
            "ALTER TABLE %s.a ALTER n SET NOT NULL",
            "ALTER TABLE %s.a ALTER g DROP EXPRESSION",
            "ALTER TABLE %s.a ADD COLUMN more int",
            "ALTER TABLE %s.a ADD CHECK (n <> 77)",
            "ALTER TABLE %s.a ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE %s.b SET UNLOGGED",
            "ALTER TABLE %s.b ALTER CONSTRAINT b_a_fkey DEFERRABLE",
            "ALTER SEQUENCE %s.a_id_seq INCREMENT BY 10",
            "CREATE UNIQUE INDEX more ON %s.a(n)",
            "CREATE RULE none AS ON INSERT TO %s.a DO INSTEAD NOTHING",
            "CREATE OR REPLACE VIEW %1$s.v AS SELECT id, n + 1 AS n FROM %1$s.a",
            "CREATE TABLE %s.mine(a int)",
            "CREATE FUNCTION %s.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "DROP INDEX %s.a_n");

    @TempDir
    Path folder;

    @Test
    @DisplayName("A copy whose tables somebody has altered is made anew, and the report says why")
    void isMadeAnew(TestDatabase database) {
        SwitchoverCase app = new SwitchoverCase(folder, database);
        SqliteFiles.write(
                app.file(),
                "CREATE TABLE a(id INTEGER PRIMARY KEY, n INT, t TEXT, g INT AS (n * 2) STORED)",
                "CREATE TABLE b(id INTEGER PRIMARY KEY, a INT REFERENCES a)",
                "CREATE INDEX a_n ON a(n)",
                "CREATE VIEW v AS SELECT id, n FROM a",
                "INSERT INTO a(id, n, t) VALUES (1, 2, 'x')",
                "INSERT INTO b VALUES (1, 1)");
        Switchover switchover = Switchover.of(app.migration());
        switchover.copyAhead();
        for (String alteration : ALTERATIONS) {
            database.execute(alteration.replace("%1$s", "%s").replace("%s", staging(database)));
            app.write("UPDATE a SET n = n + 1");
            assertThat(again(switchover).notUsed())
                    .as(alteration)
                    .hasValueSatisfying(why -> assertThat(why).contains("altered its tables in PostgreSQL"));
        }
        database.execute("ANALYZE", "SELECT nextval('" + staging(database) + ".a_id_seq')");
        app.write("UPDATE a SET n = n + 1");
        assertThat(again(switchover).notUsed()).isEmpty();
        switchover.switchOver();
        assertThat(database.value("INSERT INTO a(n) VALUES (5) RETURNING concat(id, ' ', g, t)"))
                .isEqualTo("2 10");
    }

    private static CopiedAhead again(Switchover switchover) {
        return switchover.copyAhead().copiedAhead().orElseThrow();
    }

    private static String staging(TestDatabase database) {
        return String.valueOf(database.value("SELECT staging_schema FROM outgrow.run"));
    }
}
