package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rules that say what values mean: what arrives in either schema, what the plan says of it, and that the comparison agrees. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class ValueRulesIT {
    private static final TypeRules RULES = TypeRules.standard();
    private static final TargetSchema EXISTING = TargetSchema.existing("public");

    @TempDir
    Path folder;

    /** Runs it, and gives what stands in column v then, and the ids of what the plan says of it with their counts. */
    private static List<String> said(Migration migration) {
        MigrationPlan plan = migration.plan();
        assertThat(plan.blockers()).as("%s", plan).isEmpty();
        migration.run();
        assertThat(migration.validate().passed()).isTrue();
        return plan.notices().stream()
                .filter(notice -> notice.id().endsWith(":t.v"))
                .map(notice -> notice.id() + " " + notice.count())
                .toList();
    }

    private static List<String> values(TestDatabase database) {
        return database.rows("SELECT coalesce(v::text, 'NULL') FROM t ORDER BY id").stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    @Test
    void labelsBecomeThoseOfTheTargetsEnum(TestDatabase database) {
        database.execute(
                "CREATE TYPE state AS ENUM ('open', 'failed')", "CREATE TABLE t(id integer PRIMARY KEY, v state)");
        Migration migration = Migrated.column(folder, database, "TEXT", "'error'", "'open'", "NULL", "'error'")
                .into(EXISTING);
        assertThat(migration.plan().blockers()).singleElement().satisfies(blocker -> {
            assertThat(blocker.id()).isEqualTo("misfit:t.v");
            assertThat(blocker.count()).isEqualTo(2);
            assertThat(blocker.remedies().toString())
                    .contains(
                            ".column(\"t\", \"v\")" + ".mapping(Map.of(\"value in SQLite\", \"value in PostgreSQL\"))");
        });
        migration = migration.typeRules(RULES.mapping("v", Map.of("error", "failed")));
        assertThat(said(migration)).containsExactly("mapped:t.v 2");
        assertThat(values(database)).containsExactly("failed", "open", "NULL", "failed");
        assertThat(migration.run().notices()).extracting(Notice::id).contains("mapped:t.v");
        database.execute("UPDATE t SET v = 'open' WHERE id = 1");
        assertThat(migration.validate().differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.key()).contains("1"));
    }

    /** Microseconds that a program computes from a float end in .25, .5 or .75 three times in four. */
    @Test
    void halvesOfMicrosecondsBecomeTheEvenOneOfTheTwo(TestDatabase database) {
        Migration migration = Migrated.column(
                        folder, database, "REAL", "1.7e15 + 0.5", "1.7e15 + 1.5", "1.7e15 - 0.5", "-0.4291095e6")
                .typeRules(RULES.column("t", "v").unixMicroseconds())
                .accept("precision:*", "zone:*", "time:*", "unit:*");
        assertThat(said(migration)).contains("precision:t.v 4");
        assertThat(values(database))
                .containsExactly(
                        "2023-11-14 22:13:20+00",
                        "2023-11-14 22:13:20.000002+00",
                        "2023-11-14 22:13:20+00",
                        "1969-12-31 23:59:59.57089+00");
    }

    /** As pmacct does with protocols: names in SQLite, and in PostgreSQL their numbers. */
    @Test
    void textsBecomeTheNumbersOfTheTargetsColumn(TestDatabase database) {
        database.execute("CREATE TABLE t(id integer PRIMARY KEY, v smallint)");
        Migration migration = Migrated.column(folder, database, "CHAR(6)", "'tcp'", "'udp'", "NULL", "'tcp'")
                .into(EXISTING);
        assertThat(migration.plan().blockers())
                .singleElement()
                .satisfies(blocker -> assertThat(blocker.remedies().toString())
                        .contains(".mapping(Map.of(\"value in SQLite\", \"value in PostgreSQL\"))")
                        .contains("Correct these values in SQLite"));
        assertThat(migration.plan().toHtml())
                .as("keys can be of many columns: they are no title")
                .contains("text in a column of integers. Keys: id=1, id=2, id=4.");
        migration = migration.typeRules(RULES.column("t", "v").mapping(Map.of("tcp", "6", "udp", "17")));
        assertThat(said(migration)).containsExactly("mapped:t.v 3");
        assertThat(values(database)).containsExactly("6", "17", "NULL", "6");
    }

    @Test
    void theLastInstantOfADayOfDotNetIsTheEndOfTheDay(TestDatabase database) {
        Migration migration = Migrated.column(folder, database, "TIME", "'23:59:59.9999999'", "'08:00:00'")
                .accept("precision:t.v", "rollover:t.v");
        assertThat(said(migration)).containsExactlyInAnyOrder("precision:t.v 1", "rollover:t.v 1");
        assertThat(values(database)).containsExactly("24:00:00", "08:00:00");
    }

    @Test
    void aTextWithoutAnEntryIsAMisfitOfAnEnum(TestDatabase database) {
        database.execute("CREATE TYPE state AS ENUM ('failed')", "CREATE TABLE t(id integer PRIMARY KEY, v state)");
        Migration migration = Migrated.column(folder, database, "TEXT", "'error'", "'Error'", "'lost'")
                .into(EXISTING)
                .typeRules(RULES.column("t", "v").mapping(Map.of("error", "failed")));
        assertThat(migration.plan().blockers())
                .extracting(notice -> notice.id() + " " + notice.count())
                .containsExactly("misfit:t.v 2");
        migration = migration.typeRules(RULES.column("t", "v").mappingIgnoringCase(Map.of("ERROR", "failed")));
        assertThat(migration.plan().blockers())
                .extracting(notice -> notice.id() + " " + notice.count())
                .containsExactly("misfit:t.v 1");
    }

    @Test
    void textsBecomeOthersInATableThatIsMade(TestDatabase database) {
        Migration migration = Migrated.column(
                        folder, database, "TEXT UNIQUE DEFAULT 'error'", "'error'", "'open'", "'ERROR'")
                .typeRules(RULES.column("t", "v").mappingIgnoringCase(Map.of("error", "failed")));
        assertThat(migration.plan().blockers())
                .as("two that become one in a unique column")
                .extracting(Notice::kind)
                .containsExactly("unique");
        migration = migration.typeRules(RULES.column("t", "v").mapping(Map.of("error", "failed")));
        assertThat(said(migration)).containsExactly("mapped:t.v 1");
        assertThat(values(database)).containsExactly("failed", "open", "ERROR");
        assertThat(database.value("SELECT column_default FROM information_schema.columns WHERE column_name = 'v'"))
                .startsWith("'failed'");
    }

    @Test
    void numbersBecomeLabels(TestDatabase database) {
        database.execute("CREATE TYPE size AS ENUM ('S', 'L')", "CREATE TABLE t(id integer PRIMARY KEY, v size)");
        Migration migration = Migrated.column(folder, database, "INTEGER", "0", "1")
                .into(EXISTING)
                .typeRules(RULES.column("t", "v").mapping(Map.of("0", "S", "1", "L")));
        assertThat(said(migration)).containsExactly("mapped:t.v 2");
        assertThat(values(database)).containsExactly("S", "L");
    }

    @Test
    void whatHasNoWayBackIsNamed(TestDatabase database) {
        Migration migration = Migrated.column(folder, database, "TEXT", "'error'", "'failed'", "'open'")
                .typeRules(RULES.column("t", "v").mapping(Map.of("error", "failed")));
        assertThat(said(migration)).containsExactlyInAnyOrder("mapped:t.v 1", "wayback:t.v 1");
        assertThat(values(database)).containsExactly("failed", "failed", "open");
    }

    @Test
    void datesOfZerosBecomeNull(TestDatabase database) {
        database.execute("CREATE TABLE t(id integer PRIMARY KEY, v timestamp)");
        Migration migration = Migrated.column(
                        folder,
                        database,
                        "DATETIME",
                        "'0000-00-00 00:00:00'",
                        "'2024-02-29 12:30:00'",
                        "'0000-00-00'",
                        "'0000-00-00T00:00:00.000Z'")
                .into(EXISTING);
        assertThat(migration.plan().blockers()).singleElement().satisfies(blocker -> {
            assertThat(blocker.id()).isEqualTo("misfit:t.v");
            assertThat(blocker.remedies())
                    .anySatisfy(remedy -> assertThat(remedy.toString()).contains(".zeroDateAsNull()"));
        });
        migration = migration.typeRules(RULES.everyColumn().zeroDateAsNull());
        assertThat(said(migration)).containsExactly("zero-date:t.v 3");
        assertThat(values(database)).containsExactly("NULL", "2024-02-29 12:30:00", "NULL", "NULL");
    }

    @Test
    void datesOfZerosBecomeNullInATableThatIsMade(TestDatabase database) {
        Migration migration = Migrated.column(
                        folder,
                        database,
                        "DATETIME DEFAULT '0000-00-00 00:00:00'",
                        "'0000-00-00 00:00:00'",
                        "'2024-02-29 12:30:00'")
                .typeRules(RULES.columns("v").zeroDateAsNull());
        assertThat(said(migration)).containsExactly("zero-date:t.v 1");
        assertThat(values(database)).containsExactly("NULL", "2024-02-29 12:30:00");
    }

    /** Bacula declares DATETIME DEFAULT 0, and reads 0 as no time; a number that is none stays one. */
    @Test
    void zerosAmongTimesBecomeNull(TestDatabase database) {
        database.execute("CREATE TABLE t(id integer PRIMARY KEY, v timestamp)", "CREATE TABLE n(z integer)");
        Migration migration = Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, v DATETIME DEFAULT 0)",
                        "CREATE TABLE n(z INTEGER)",
                        "INSERT INTO t(v) VALUES ('2024-02-29 12:30:00'), (0), (0.0), ('2024-01-01 00:00:00')",
                        "INSERT INTO n VALUES (0)")
                .into(EXISTING);
        assertThat(migration.plan().blockers())
                .singleElement()
                .satisfies(blocker -> assertThat(blocker.remedies().toString()).contains(".zeroDateAsNull()"));
        migration = migration.typeRules(RULES.everyColumn().zeroDateAsNull());
        assertThat(said(migration)).containsExactly("zero-date:t.v 2");
        assertThat(values(database)).containsExactly("2024-02-29 12:30:00", "NULL", "NULL", "2024-01-01 00:00:00");
        assertThat(database.value("SELECT z FROM n")).isEqualTo("0");
        database.execute("UPDATE t SET v = '1970-01-01' WHERE id = 2");
        assertThat(migration.validate().differences()).hasSize(1);
    }

    @Test
    void zerosAmongTimesBecomeNullInATableThatIsMade(TestDatabase database) {
        Migration migration = Migrated.column(folder, database, "DATETIME DEFAULT 0", "0", "'2024-02-29 12:30:00'")
                .typeRules(RULES.columns("v").zeroDateAsNull());
        assertThat(said(migration)).containsExactly("zero-date:t.v 1");
        assertThat(values(database)).containsExactly("NULL", "2024-02-29 12:30:00");
        assertThat(database.value("SELECT column_default FROM information_schema.columns WHERE column_name = 'v'"))
                .isNotEqualTo("1970-01-01");
    }

    @Test
    void listsBecomeArrays(TestDatabase database) {
        Migration migration = Migrated.column(folder, database, "TEXT", "'a,b, c'", "''", "'x'", "'a,,b'", "NULL")
                .typeRules(RULES.column("t", "v").commaList());
        assertThat(said(migration)).isEmpty();
        assertThat(values(database)).containsExactly("{a,b,c}", "{}", "{x}", "{a,\"\",b}", "NULL");
    }

    @Test
    void listsBecomeTheArraysOfTheTarget(TestDatabase database) {
        database.execute("CREATE TABLE t(id integer PRIMARY KEY, v integer[])");
        Migration migration =
                Migrated.column(folder, database, "TEXT", "'1, 2,3'", "'7'").into(EXISTING);
        assertThat(migration.plan().blockers())
                .singleElement()
                .satisfies(blocker -> assertThat(blocker.remedies().toString()).contains(".commaList()"));
        migration = migration.typeRules(RULES.column("t", "v").commaList());
        assertThat(said(migration)).isEmpty();
        assertThat(values(database)).containsExactly("{1,2,3}", "{7}");
        database.execute("UPDATE t SET v = '{1,3,2}' WHERE id = 1");
        assertThat(migration.validate().differences()).hasSize(1);
    }

    @Test
    void emptyTextsAreEmptyListsBesideOthersAndBlankAlone(TestDatabase database) {
        for (String table : List.of("blank", "mixed", "t")) {
            database.execute("CREATE TABLE " + table + "(id integer PRIMARY KEY, v integer[])");
        }
        Migration migration = Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE blank(id INTEGER PRIMARY KEY, v TEXT)",
                        "CREATE TABLE mixed(id INTEGER PRIMARY KEY, v TEXT)",
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
                        "INSERT INTO blank(v) VALUES (''), (' '), (NULL)",
                        "INSERT INTO mixed(v) VALUES ('1,2'), ('{3}')",
                        "INSERT INTO t(v) VALUES ('1,2'), (''), (NULL)")
                .into(EXISTING);
        assertThat(migration.plan().blockers())
                .extracting(Notice::id)
                .containsExactlyInAnyOrder("misfit:blank.v", "misfit:mixed.v", "misfit:t.v");
        assertThat(migration.plan().blockers()).allSatisfy(blocker -> {
            String remedies = blocker.remedies().toString();
            assertThat(remedies.contains(".blankAsNull()"))
                    .as(remedies)
                    .isEqualTo(blocker.subject().equals("blank.v"));
            assertThat(remedies.contains(".commaList()"))
                    .as(remedies)
                    .isEqualTo(blocker.subject().equals("t.v"));
        });
        migration = migration.only("t").typeRules(RULES.column("t", "v").commaList());
        assertThat(said(migration)).isEmpty();
        assertThat(values(database)).containsExactly("{1,2}", "{}", "NULL");
    }

    @Test
    void timesOfDayTakeTheOffsetThatARuleNames(TestDatabase database) {
        database.execute("CREATE TABLE t(id integer PRIMARY KEY, v timetz)");
        Migration migration = Migrated.column(folder, database, "TEXT", "'12:30'", "'23:00:00.5'", "'01:00+02:00'")
                .into(EXISTING);
        assertThat(migration.plan().blockers()).singleElement().satisfies(blocker -> {
            assertThat(blocker.message()).contains("a time of day without an offset");
            assertThat(blocker.count()).isEqualTo(2);
            assertThat(blocker.remedies().toString())
                    .contains(".column(\"t\", \"v\").naiveTimesIn(ZoneId.of(\"UTC\"))");
        });
        migration = migration.typeRules(RULES.column("t", "v").naiveTimesIn(ZoneId.of("UTC")));
        assertThat(said(migration)).isEmpty();
        assertThat(values(database)).containsExactly("12:30:00+00", "23:00:00.5+00", "01:00:00+02");
        database.execute("UPDATE t SET v = '12:30+01' WHERE id = 1");
        assertThat(migration.validate().differences()).hasSize(1);
    }

    @Test
    void numbersBecomeIntervalsWithTheirDays(TestDatabase database) {
        Migration migration = Migrated.column(
                        folder, database, "bigint", "86402000000", "-86402000000", "0", "1", "NULL", "7776000000000")
                .typeRules(RULES.column("t", "v").durationIn(ChronoUnit.MICROS));
        assertThat(said(migration)).isEmpty();
        assertThat(values(database))
                .containsExactly(
                        "1 day 00:00:02", "-1 days -00:00:02", "00:00:00", "00:00:00.000001", "NULL", "90 days");
        database.execute("UPDATE t SET v = '24:00:02' WHERE id = 1");
        assertThat(migration.validate().differences()).hasSize(1);
    }

    @Test
    void daysAsFractionsBecomeIntervals(TestDatabase database) {
        database.execute("CREATE TABLE t(id integer PRIMARY KEY, v interval)");
        Migration migration = Migrated.column(folder, database, "REAL", "1.5", "0.25", "1.1", "3")
                .into(EXISTING);
        assertThat(migration.plan().blockers())
                .singleElement()
                .satisfies(
                        blocker -> assertThat(blocker.remedies().toString()).contains(".durationIn(ChronoUnit.DAYS)"));
        migration = migration.typeRules(RULES.column("t", "v").durationIn(ChronoUnit.DAYS));
        assertThat(said(migration)).isEmpty();
        assertThat(values(database)).containsExactly("1 day 12:00:00", "06:00:00", "1 day 02:24:00", "3 days");
    }

    @Test
    void utcBecomesTheWallClockOfAZone(TestDatabase database) {
        Migration migration = Migrated.column(
                        folder, database, "datetime", "'2024-02-29 12:30:00.123'", "'2024-07-01 23:30:00.000'", "NULL")
                .typeRules(RULES.everyColumn()
                        .naiveTimesIn(ZoneOffset.UTC)
                        .column("t", "v")
                        .utcAsWallClockOf(ZoneId.of("Europe/Berlin")));
        assertThat(said(migration)).isEmpty();
        assertThat(values(database)).isEqualTo(Arrays.asList("2024-02-29 13:30:00.123", "2024-07-02 01:30:00", "NULL"));
        database.execute("UPDATE t SET v = '2024-02-29 12:30:00.123' WHERE id = 1");
        assertThat(migration.validate().differences()).hasSize(1);
    }
}
