package dev.outgrow.validate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.validate.Difference;
import dev.outgrow.validate.TableComparison;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were swapped, lost, doubled, moved or changed, in tables with every sort of key and with none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowMutationsIT {
    private static final Difference.Kind VALUE = Difference.Kind.VALUE;
    private static final Difference.Kind MISSING = Difference.Kind.ROW_MISSING;
    private static final Difference.Kind ADDED = Difference.Kind.ROW_ADDED;

    private static final String[] ROWS = {
        "INSERT INTO people VALUES (-5, 'Ann', 'ann@example.org', 'x'), (0, 'Bob', 'bob@example.org', 'x'),"
                + " (9223372036854775807, 'Cid', 'cid@example.org', 'y')",
        "INSERT INTO places VALUES ('a', 'one'), ('a ', 'two'), ('B', 'three'), ('é', 'four'), ('😀', 'five'),"
                + " ('ﬀ', 'six')",
        "INSERT INTO lines VALUES ('b', 2, 'b2'), ('b', 10, 'b10'), ('a', 3, 'a3'), ('a ', 1, 'a 1')",
        "INSERT INTO log VALUES ('in', 1), ('in', 1), ('in', 1), ('out', 2), (NULL, 3), (NULL, NULL)",
        "INSERT INTO archive VALUES (-5, 'Ann', 'ann@example.org', 'x'), (7, 'Dan', 'dan@example.org', 'z'),"
                + " (8, 'Eve', 'eve@example.org', 'z')"
    };

    private DamagedTarget target;

    @BeforeAll
    void copies(@TempDir Path folder) throws SQLException {
        String tables = """
                CREATE TABLE people(id INTEGER PRIMARY KEY, name TEXT, mail TEXT, note TEXT);
                CREATE TABLE archive(id INTEGER PRIMARY KEY, name TEXT, mail TEXT, note TEXT);
                CREATE TABLE places(code TEXT PRIMARY KEY, name TEXT);
                CREATE TABLE lines(parent TEXT, number INTEGER, text TEXT, PRIMARY KEY (number, parent));
                CREATE TABLE log(what TEXT, number INTEGER);
                """;
        target = DamagedTarget.of(folder.resolve("rows.db"), with(tables), with(tables.replace("INTEGER", "bigint")));
    }

    private static String[] with(String tables) {
        String[] all = new String[ROWS.length + 1];
        all[0] = tables;
        System.arraycopy(ROWS, 0, all, 1, ROWS.length);
        return all;
    }

    @AfterAll
    void closes() throws SQLException {
        target.close();
    }

    private static ComparedTable people(String name) {
        return text(TableFixture.table(name).rowid("id"), "name", "mail", "note")
                .in("public");
    }

    private static ComparedTable places() {
        return text(TableFixture.table("places"), "code", "name").key("code").in("public");
    }

    private static ComparedTable lines() {
        return text(TableFixture.table("lines"), "parent", "text")
                .column("number", "INTEGER", PgType.BIGINT, Representation.NATIVE)
                .key("number", "parent")
                .in("public");
    }

    private static ComparedTable log() {
        return text(TableFixture.table("log"), "what")
                .column("number", "INTEGER", PgType.BIGINT, Representation.NATIVE)
                .in("public");
    }

    private static TableFixture text(TableFixture table, String... columns) {
        for (String column : columns) {
            table.column(column, "TEXT", PgType.TEXT, Representation.NATIVE);
        }
        return table;
    }

    private static Difference difference(String table, String key, String column, Difference.Kind kind) {
        return new Difference(table, key, column.isEmpty() ? null : column, kind);
    }

    @Test
    void undamagedTargetPasses() throws Exception {
        ValidationReport report = target.validated(people("people"), people("archive"), places(), lines(), log());

        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.tables()).extracting(TableComparison::sourceRows).containsExactly(3L, 3L, 6L, 4L, 6L);
        assertThat(report.tables()).extracting(TableComparison::targetRows).containsExactly(3L, 3L, 6L, 4L, 6L);
    }

    @Test
    @DisplayName("Two values swapped between rows are found in both")
    void findsSwappedValues() throws Exception {
        target.damage("UPDATE people SET mail = CASE id WHEN -5 THEN 'bob@example.org' ELSE 'ann@example.org' END"
                + " WHERE id IN (-5, 0)");

        assertThat(target.validated(people("people")).differences())
                .containsExactlyInAnyOrder(
                        difference("people", "id=-5", "mail", VALUE), difference("people", "id=0", "mail", VALUE));
    }

    @Test
    @DisplayName("A row deleted and another inserted, the count being the same")
    void findsAReplacedRow() throws Exception {
        target.damage(
                "DELETE FROM people WHERE id = 0", "INSERT INTO people VALUES (1, 'Bob', 'bob@example.org', 'x')");

        assertThat(target.validated(people("people")).differences())
                .containsExactlyInAnyOrder(
                        difference("people", "id=0", "", MISSING), difference("people", "id=1", "", ADDED));
    }

    @Test
    void findsSwappedColumns() throws Exception {
        target.damage("UPDATE people SET name = mail, mail = name WHERE id = 0");

        assertThat(target.validated(people("people")).differences())
                .containsExactlyInAnyOrder(
                        difference("people", "id=0", "name", VALUE), difference("people", "id=0", "mail", VALUE));
    }

    @Test
    void findsARowMovedBetweenTablesOfEqualCounts() throws Exception {
        target.damage(
                "INSERT INTO archive SELECT * FROM people WHERE id = 0",
                "DELETE FROM people WHERE id = 0",
                "INSERT INTO people SELECT * FROM archive WHERE id = 8",
                "DELETE FROM archive WHERE id = 8");

        ValidationReport report = target.validated(people("people"), people("archive"));

        assertThat(report.tables()).allMatch(table -> table.sourceRows() == table.targetRows());
        assertThat(report.differences())
                .containsExactlyInAnyOrder(
                        difference("people", "id=0", "", MISSING),
                        difference("people", "id=8", "", ADDED),
                        difference("archive", "id=0", "", ADDED),
                        difference("archive", "id=8", "", MISSING));
    }

    @Test
    void findsARowThatIsThereTwice() throws Exception {
        target.damage(
                "ALTER TABLE people DROP CONSTRAINT people_pkey",
                "INSERT INTO people SELECT * FROM people WHERE id = 0");

        assertThat(target.validated(people("people")).differences())
                .containsExactly(difference("people", "id=0", "", ADDED));
    }

    @Test
    void findsARowWhoseKeyIsNull() throws Exception {
        target.damage(
                "ALTER TABLE people DROP CONSTRAINT people_pkey",
                "ALTER TABLE people ALTER id DROP NOT NULL",
                "UPDATE people SET id = NULL WHERE id = 0");

        assertThat(target.validated(people("people")).differences())
                .containsExactlyInAnyOrder(
                        difference("people", "id=0", "", MISSING), difference("people", "id=NULL", "", ADDED));
    }

    @Test
    void findsTheFirstAndTheLastRowLost() throws Exception {
        target.damage("DELETE FROM people WHERE id <> 0");

        assertThat(target.validated(people("people")).differences())
                .containsExactlyInAnyOrder(
                        difference("people", "id=-5", "", MISSING),
                        difference("people", "id=9223372036854775807", "", MISSING));
    }

    @Test
    @DisplayName("Keys that differ in a trailing blank are told apart")
    void tellsKeysByTheirBytes() throws Exception {
        target.damage("UPDATE places SET name = 'other' WHERE code = 'a '");

        assertThat(target.validated(places()).differences())
                .containsExactly(difference("places", "code=a ", "name", VALUE));
    }

    @Test
    void comparesCompositeKeysOfMixedTypes() throws Exception {
        target.damage("UPDATE lines SET text = 'B10' WHERE number = 10", "DELETE FROM lines WHERE number = 1");

        assertThat(target.validated(lines()).differences())
                .containsExactlyInAnyOrder(
                        difference("lines", "number=10, parent=b", "text", VALUE),
                        difference("lines", "number=1, parent=a ", "", MISSING));
    }

    @Test
    @DisplayName("Of a table without a key, one of three equal rows is lost")
    void findsALostDuplicate() throws Exception {
        target.damage("DELETE FROM log WHERE ctid = (SELECT min(ctid) FROM log WHERE what = 'in')");

        ValidationReport report = target.validated(log());

        assertThat(report.tables().get(0).differenceCount()).isEqualTo(1);
        assertThat(report.differences()).allSatisfy(difference -> {
            assertThat(difference.kind()).isEqualTo(MISSING);
            assertThat(difference.key()).isIn("rowid=1", "rowid=2", "rowid=3");
        });
    }

    @Test
    @DisplayName("A duplicate turned into another row that is there already, the count being the same")
    void findsADuplicateTurnedIntoAnother() throws Exception {
        target.damage("UPDATE log SET what = 'out', number = 2"
                + " WHERE ctid = (SELECT min(ctid) FROM log WHERE what = 'in')");

        ValidationReport report = target.validated(log());

        assertThat(report.differences()).extracting(Difference::table).containsOnly("log");
        assertThat(report.differences())
                .flatExtracting(it -> it.column().stream().toList())
                .containsExactlyInAnyOrder("what", "number");
    }

    @Test
    void findsNullsThatChangedPlacesWithoutAKey() throws Exception {
        target.damage("UPDATE log SET number = NULL WHERE number = 3");

        assertThat(target.validated(log()).differences())
                .containsExactly(difference("log", "rowid=5", "number", Difference.Kind.NULL_IN_TARGET));
    }

    @Test
    void countsRowsOnlyInTheTargetAsWrittenSinceWhereThatIsAllowed() throws Exception {
        target.damage(
                "INSERT INTO people VALUES (10, 'New', 'new@example.org', 'n')",
                "INSERT INTO places VALUES ('new', 'New')");

        ValidationReport report =
                target.validated(ValidatorOptions.defaults().withWrittenSince(true), people("people"), places());

        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.tables())
                .extracting(TableComparison::rowsWrittenSince)
                .containsExactly(1L, 1L);
    }

    @Test
    void aChangedRowIsADifferenceAlsoWhereTheAppHasWrittenSince() throws Exception {
        target.damage("UPDATE people SET note = 'changed' WHERE id = 0");

        assertThat(target.validated(ValidatorOptions.defaults().withWrittenSince(true), people("people"))
                        .passed())
                .isFalse();
    }

    @Test
    void listsNoMoreThanAskedAndCountsAll() throws Exception {
        target.damage("UPDATE people SET note = note || '!'");

        TableComparison all = target.validated(DamagedTarget.listing(2), people("people"))
                .tables()
                .get(0);

        assertThat(all.differences()).hasSize(2);
        assertThat(all.differenceCount()).isEqualTo(3);
        assertThat(all.stoppedEarly()).isFalse();
    }

    @Test
    void reportsAMissingTableAndColumnAndAnotherType() throws Exception {
        target.damage(
                "DROP TABLE places",
                "ALTER TABLE people DROP COLUMN note",
                "ALTER TABLE log ALTER number TYPE integer");

        assertThat(target.validated(people("people"), places(), log()).schemaFindings())
                .extracting(finding -> finding.id())
                .containsExactly("column:people.note", "table:places", "type:log.number");
    }
}
