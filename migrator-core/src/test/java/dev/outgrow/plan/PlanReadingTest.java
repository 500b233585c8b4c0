package dev.outgrow.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.outgrow.Migration;
import dev.outgrow.option.Backup;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says first what decides, and says once what many notices have in common. */
class PlanReadingTest {
    private static final int SCREEN = 24;

    @TempDir
    Path folder;

    private int files;

    private Migration migration(List<String> statements) {
        Path file = folder.resolve("app" + files++ + ".db");
        return Migration.from(SqliteFiles.write(file, statements.toArray(String[]::new)))
                .backup(Backup.none());
    }

    /** Like calibre's: many triggers, views of functions that the app defines. */
    private Migration blocked() {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE book(id INTEGER PRIMARY KEY, title TEXT DEFAULT 'x', at DATETIME)");
        statements.add("INSERT INTO book VALUES (1, 'a', '2024-01-02 03:04:05')");
        for (int i = 0; i < 30; i++) {
            statements.add("CREATE TRIGGER book_" + i + " AFTER INSERT ON book BEGIN SELECT 1; END");
        }
        for (int i = 0; i < 8; i++) {
            statements.add("CREATE VIEW own_" + i + " AS SELECT own_sort(title) FROM book");
        }
        statements.add("CREATE VIEW lone AS SELECT other(title) FROM book");
        statements.add("CREATE VIEW titles AS SELECT title FROM book");
        return migration(statements);
    }

    @Test
    void beginsWithTheDecision() {
        MigrationPlan plan = blocked().plan();
        assertThat(plan.toString().lines().toList().subList(0, 7))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "BLOCKED by 39 notices of 3 kinds: nothing is written until all are settled."),
                        line -> assertThat(line).isEmpty(),
                        line -> assertThat(line).startsWith("  Source").contains("app0.db", "1 table, 1 row"),
                        line -> assertThat(line).startsWith("  Target").contains("no server named yet"),
                        line -> assertThat(line).startsWith("  Time").contains("about 2 seconds"),
                        line -> assertThat(line).startsWith("  Backup").contains("none is kept"),
                        line -> assertThat(line).startsWith("  Next").contains("3 kinds"));
        assertThat(blocked().accept("*").plan().toString())
                .startsWith("READY: nothing stops the run, 39 accepted losses included.");
    }

    @Test
    void saysOnceWhatManyNoticesHaveInCommon() {
        List<NoticeGroup> groups = blocked().plan().blockerGroups();
        assertThat(groups).extracting(group -> group.notices().size()).containsExactly(30, 8, 1);
        assertThat(groups)
                .extracting(group -> group.remedies().get(0).java())
                .containsExactly(".accept(\"trigger:*\")", ".accept(\"view:own_*\")", ".accept(\"view:lone\")");
        assertThat(groups.get(1).message()).contains("SQLite itself cannot read", "no such function: own_sort");
    }

    @Test
    void settlesAllOfAGroupAndNothingElse() {
        Migration migration = blocked();
        assertThat(migration.accept("view:own_*").plan().blockers())
                .extracting(Notice::kind)
                .hasSize(31)
                .filteredOn("view"::equals)
                .hasSize(1);
        assertThat(migration
                        .accept("trigger:*", "view:own_*", "view:lone")
                        .plan()
                        .blockers())
                .isEmpty();
    }

    @Test
    void givesColumnsOfOneUnitOneRule() {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            statements.add("CREATE TABLE job" + i + "(id INTEGER PRIMARY KEY, START_TIME DATETIME, END_TIME DATETIME)");
            statements.add("INSERT INTO job" + i + " VALUES (1, 1700000000000, 5), (2, 7, 1700000000001)");
        }
        Migration migration = migration(statements);
        assertThat(migration.plan().blockerGroups())
                .singleElement()
                .satisfies(group -> assertThat(group.remedies())
                        .extracting(Remedy::java)
                        .contains(
                                ".typeRules(TypeRules.standard().columns(\"*_TIME\").unixMilliseconds())",
                                ".onMisfit(MisfitPolicy.WIDEN)"));
        assertThat(migration
                        .typeRules(TypeRules.standard().columns("*_TIME").unixMilliseconds())
                        .plan()
                        .blockers())
                .isEmpty();
    }

    @Test
    void saysThatAllRulesGoIntoOneCall() {
        Migration migration = migration(List.of(
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER, w TEXT)", "INSERT INTO t VALUES (1, 'x', x'00')"));
        String together =
                ".typeRules(TypeRules.standard().column(\"t\", \"n\").as(PgType.TEXT).column(\"t\", \"w\").as(PgType.BYTEA,"
                        + " Representation.BYTES_OF_TEXT))";
        MigrationPlan plan = migration.plan();
        assertThat(plan.blockers()).hasSize(2);
        assertThat(plan.toString().replaceAll("\\s+", " "))
                .contains("All rules go into one .typeRules(…): put new ones after", "at once: " + together);
        assertThat(plan.blockersText()).contains(together);
        assertThat(plan.toHtml().replace("&quot;", "\"")).contains(together);
        TypeRules rules = TypeRules.standard()
                .column("t", "n")
                .as(PgType.TEXT)
                .column("t", "w")
                .as(PgType.BYTEA, Representation.BYTES_OF_TEXT);
        assertThat(migration.typeRules(rules).plan().blockers()).isEmpty();
        String one = migration
                .typeRules(TypeRules.standard().column("t", "w").as(PgType.BYTEA, Representation.BYTES_OF_TEXT))
                .plan()
                .toString();
        assertThat(one.replaceAll("\\s+", " ")).contains("put new ones after those that you have, or those are lost.");
        assertThat(one).doesNotContain("at once");
        assertThat(blocked().plan().toString()).doesNotContain("put new ones after");
    }

    @Test
    void givesColumnsOfOneNameOneRule() {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            statements.add("CREATE TABLE job" + i + "(id INTEGER PRIMARY KEY, made DATETIME, seen" + i + " DATETIME)");
            statements.add("INSERT INTO job" + i + " VALUES (1, 1700000000000, 5), (2, 7, 1700000000001)");
        }
        assertThat(migration(statements).plan().blockerGroups())
                .singleElement()
                .satisfies(group -> assertThat(group.remedies())
                        .extracting(Remedy::java)
                        .contains(".typeRules(TypeRules.standard().columns(\"made\").unixMilliseconds()"
                                + ".column(\"job0\", \"seen0\").unixMilliseconds()"
                                + ".column(\"job1\", \"seen1\").unixMilliseconds()"
                                + ".column(\"job2\", \"seen2\").unixMilliseconds())"));
    }

    @Test
    void saysOfEachUnitWhichYearsItMakes() {
        MigrationPlan plan = migration(List.of(
                        "CREATE TABLE log(id INTEGER PRIMARY KEY, at DATETIME, seen DATETIME, n INTEGER)",
                        "INSERT INTO log VALUES (1, 1560000000000, 1700000000, 7), (2, 1710000000000, 1710000000, 8)"))
                .plan();
        assertThat(plan.tables().get(0).columns())
                .extracting(PlannedColumn::meaning, PlannedColumn::years)
                .containsExactly(
                        tuple("", ""),
                        tuple("Unix milliseconds, in UTC", "2019 to 2024"),
                        tuple("Unix seconds, in UTC", "2023 to 2024"),
                        tuple("", ""));
        assertThat(plan.toString())
                .contains(
                        "timestamptz from Unix milliseconds, in UTC",
                        "log.at (2019 to 2024)",
                        "log.seen (2023 to 2024)");
        assertThat(plan.toHtml()).contains("2019 to 2024");
    }

    @Test
    void saysInPlainWordsWhatEachRuleWouldSay() {
        MigrationPlan plan = migration(List.of(
                        "CREATE TABLE t(at DATETIME, n INTEGER)", "INSERT INTO t VALUES (1700000000000, ''), (7, 1)"))
                .plan();
        assertThat(plan.blockers())
                .flatExtracting(Notice::remedies)
                .filteredOn(remedy -> remedy.kind() == Remedy.Kind.RULE)
                .extracting(Remedy::words)
                .contains(
                        "Read the numbers as Unix milliseconds.",
                        "Take empty text as NULL.",
                        "Take the values as text.");
    }

    @Test
    void namesColumnsOneByOneWhereAGlobWouldSpeakOfOthers() {
        Migration migration = migration(List.of(
                "CREATE TABLE t(a_time DATETIME, b_time DATETIME, c_time TEXT)",
                "INSERT INTO t VALUES (1700000000000, 5, 'x'), (7, 1700000000001, 'y')"));
        assertThat(migration.plan().blockerGroups())
                .singleElement()
                .satisfies(group -> assertThat(group.remedies())
                        .extracting(Remedy::java)
                        .contains(".typeRules(TypeRules.standard().column(\"t\", \"a_time\").unixMilliseconds()"
                                + ".column(\"t\", \"b_time\").unixMilliseconds())"));
    }

    @Test
    void fitsItsSummaryOnAScreen() {
        List<String> statements = new ArrayList<>(List.of("CREATE TABLE t(v TEXT)"));
        for (int i = 0; i < 12; i++) {
            statements.add("CREATE VIEW v" + i + " AS SELECT function_" + i + "(v) FROM t");
        }
        String summary = migration(statements).plan().summary();
        assertThat(summary.lines().count()).as(summary).isLessThanOrEqualTo(SCREEN);
        assertThat(summary.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(101));
        assertThat(summary).startsWith("BLOCKED by 12 notices of 12 kinds").contains("and 8 kinds more");
    }

    @Test
    void saysWhatColumnsAreTakenForAndCountsTheRest() {
        String text = blocked().plan().toString();
        assertThat(text).contains("timestamp from ISO text, without a zone", "book.at", "1 view: titles");
        assertThat(text).doesNotContain("every SQLite integer fits bigint");
        assertThat(blocked().plan().toString(Detail.ALL))
                .contains("every SQLite integer fits bigint", "trigger:book_29", "view:own_7");
    }

    @Test
    void warnsOfAnIdThatAcceptsNothing() {
        MigrationPlan plan = blocked().accept("*", "trigger:bok_*").plan();
        assertThat(plan.notices())
                .filteredOn(notice -> notice.kind().equals("accept"))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.severity()).isEqualTo(Notice.Severity.WARNING);
                    assertThat(notice.message()).contains("trigger:bok_*");
                });
    }

    @Test
    void isTheSameWhenItIsReadBack() {
        MigrationPlan plan = blocked().plan();
        MigrationPlan back = MigrationPlan.fromJson(plan.toJson());
        assertThat(back).isEqualTo(plan);
        assertThat(back.toString(Detail.ALL)).isEqualTo(plan.toString(Detail.ALL));
        assertThat(back.fingerprint()).isEqualTo(plan.fingerprint());
    }
}
