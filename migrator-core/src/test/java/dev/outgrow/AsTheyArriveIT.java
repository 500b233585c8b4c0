package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.ValueConverter;
import dev.outgrow.validate.ValidationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is looked for before the first write is looked for among the values as they arrive. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class AsTheyArriveIT {
    @TempDir
    Path folder;

    private Path folder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private static List<String> rows(TestDatabase database, String query) {
        return database.rows(query).stream()
                .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                .toList();
    }

    private static List<String> blockers(Migration migration) {
        return migration.plan().blockers().stream()
                .map(notice -> notice.id() + " " + notice.count() + " " + notice.keys())
                .toList();
    }

    @Test
    void takesBlankTextForNoParentByRule(TestDatabase database) {
        Migration migration = Migrated.migration(
                folder,
                database,
                "CREATE TABLE file(name VARCHAR NOT NULL PRIMARY KEY)",
                "CREATE TABLE expense(id INTEGER PRIMARY KEY, photo VARCHAR DEFAULT '' REFERENCES file(name))",
                "INSERT INTO file VALUES ('a.jpg')",
                "INSERT INTO expense VALUES (1, 'a.jpg'), (2, ''), (3, ' '), (4, NULL)");
        assertThat(blockers(migration)).containsExactly("orphans:expense.photo 2 [id=2, id=3]");
        assertThat(migration.plan().blockers().get(0).remedy()).contains(".blankAsNull()");
        Migration ruled = migration.typeRules(
                TypeRules.standard().column("expense", "photo").blankAsNull());
        assertThat(blockers(ruled)).isEmpty();
        assertThat(ruled.run().validation().map(ValidationReport::passed)).contains(true);
        assertThat(rows(database, "SELECT id, photo FROM expense WHERE photo IS NOT NULL"))
                .containsExactly("1|a.jpg");
        database.execute("INSERT INTO expense(id) VALUES (9)");
        assertThat(rows(database, "SELECT photo IS NULL FROM expense WHERE id = 9"))
                .containsExactly("t");
    }

    @Test
    void findsTheParentOfAUuidInAnotherSpelling(TestDatabase database) {
        Migration migration = Migrated.migration(
                folder,
                database,
                "CREATE TABLE p(id UUID NOT NULL PRIMARY KEY)",
                "CREATE TABLE c(n INTEGER PRIMARY KEY, p UUID REFERENCES p(id))",
                "INSERT INTO p VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')",
                "INSERT INTO c VALUES (1, 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'),"
                        + " (2, 'a0eebc999c0b4ef8bb6d6bb9bd380a11'), (3, 'b0eebc999c0b4ef8bb6d6bb9bd380a11')");
        assertThat(blockers(migration)).containsExactly("orphans:c.p 1 [n=3]");
    }

    @Test
    void namesTwoInstantsThatOneWallClockShows(TestDatabase database) {
        Migration migration = Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, at DATETIME UNIQUE)",
                        "INSERT INTO t VALUES (1, 1698539400), (2, 1698543000)")
                .typeRules(TypeRules.standard()
                        .column("t", "at")
                        .as(PgType.TIMESTAMP)
                        .column("t", "at")
                        .naiveTimesIn(ZoneId.of("Europe/Paris")));
        assertThat(blockers(migration)).singleElement().asString().startsWith("unique:");
    }

    @Test
    void comparesTheHourThatIsTwiceForwards(TestDatabase database) {
        Migration migration = Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, at DATETIME)",
                        "INSERT INTO t VALUES (1, 1698539400), (2, 1698543000), (3, 1700000000)")
                .typeRules(TypeRules.standard()
                        .column("t", "at")
                        .as(PgType.TIMESTAMP)
                        .column("t", "at")
                        .naiveTimesIn(ZoneId.of("Europe/Paris")));
        assertThat(migration.run().validation().map(ValidationReport::passed)).contains(true);
        assertThat(rows(database, "SELECT at FROM t ORDER BY id"))
                .containsExactly("2023-10-29 02:30:00", "2023-10-29 02:30:00", "2023-11-14 23:13:20");
    }

    /** Gives back another text than it took. */
    private static final class Shouting implements ValueConverter {
        @Override
        public String toPostgres(Object value) {
            if (value.equals("secret-code")) {
                throw new IllegalArgumentException("secret-code is not for me");
            }
            if (value.equals("private")) {
                throw new IllegalArgumentException("no such word");
            }
            return value.toString().toUpperCase(Locale.ROOT);
        }

        @Override
        public Optional<Object> toSqlite(String text) {
            return Optional.of(text);
        }
    }

    @Test
    void triesAConverterInBothDirections(TestDatabase database) throws IOException {
        for (String schema : List.of("created", "existing")) {
            Migration migration = Migrated.migration(
                            folder(schema),
                            database,
                            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
                            "INSERT INTO t VALUES (1, 'first'), (2, 'SECOND'), (3, 'third')")
                    .typeRules(TypeRules.standard().column("t", "v").convertedBy(PgType.TEXT, new Shouting()));
            if (schema.equals("existing")) {
                database.execute("CREATE SCHEMA app", "CREATE TABLE app.t(id bigint PRIMARY KEY, v text)");
                migration = migration.into(TargetSchema.existing("app"));
            }
            assertThat(blockers(migration)).as(schema).containsExactly("converter:t.v 2 [id=1, id=3]");
        }
    }

    @Test
    void quotesAConverterUnlessItRepeatsTheValue(TestDatabase database) throws IOException {
        for (String value : List.of("private", "secret-code")) {
            Notice refused = Migrated.migration(
                            folder(value),
                            database,
                            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
                            "INSERT INTO t VALUES (1, '" + value + "')")
                    .typeRules(TypeRules.standard().column("t", "v").convertedBy(PgType.TEXT, new Shouting()))
                    .plan()
                    .blockers()
                    .get(0);
            assertThat(refused.message()).contains("IllegalArgumentException").doesNotContain("secret");
            assertThat(refused.message().contains("no such word")).isEqualTo(value.equals("private"));
        }
    }

    @Test
    void readsDefaultsAsItReadsValues(TestDatabase database) {
        List<String> defaults = List.of(
                "'1900-01-01 00:00:00 +00:00'",
                "'1900-01-01T00:00:00Z'",
                "'1900-01-01 00:00:00 UTC'",
                "-2208988800000");
        StringBuilder table = new StringBuilder("CREATE TABLE t(id INTEGER PRIMARY KEY");
        for (int i = 0; i < defaults.size(); i++) {
            table.append(", d").append(i).append(" DATETIME DEFAULT ").append(defaults.get(i));
        }
        Migration migration = Migrated.migration(
                        folder,
                        database,
                        table + ", e DATETIME DEFAULT '2024-01-01 00:00:00.1234567')",
                        "INSERT INTO t(id, d3) VALUES (1, 1754000000000)",
                        "INSERT INTO t(id, d3) VALUES (2, 1754000000000)")
                .typeRules(TypeRules.standard()
                        .column("t", "d3")
                        .unixMilliseconds()
                        .everyColumn()
                        .naiveTimesIn(ZoneOffset.UTC));
        Migration accepted = migration.accept("precision:*");
        assertThat(accepted.run().validation().map(ValidationReport::passed)).contains(true);
        database.execute("INSERT INTO t(id) VALUES (3)");
        assertThat(rows(
                        database,
                        "SELECT d0::text, d1::text, d2::text, extract(epoch FROM d3)::bigint, e FROM t WHERE id = 3"))
                .containsExactly("1900-01-01 00:00:00+00|1900-01-01 00:00:00+00|1900-01-01 00:00:00+00|-2208988800|"
                        + "2024-01-01 00:00:00.123457");
    }

    @Test
    void asksForTheZoneOfADefault(TestDatabase database) {
        Migration migration = Migrated.migration(
                folder,
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, at DATETIME DEFAULT '2024-01-01 00:00:00+02:00')",
                "INSERT INTO t VALUES (1, '2024-01-01 00:00:00')");
        assertThat(blockers(migration)).containsExactly("zone:t.at 0 []");
    }

    @Test
    void namesTextInBytesAndDigitsOfCodesIntoAnExistingSchema(TestDatabase database) {
        database.execute(
                "CREATE SCHEMA app",
                "CREATE TABLE app.t(id bigint PRIMARY KEY, b bytea, n integer, d double precision, x numeric(6,2))");
        Migration migration = Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, b BLOB, n TEXT, d TEXT, x TEXT)",
                        "INSERT INTO t VALUES (1, 'text', '007', '1.10', '1.5'), (2, x'00', '7', '1e3', '1.50'),"
                                + " (3, NULL, ' 7', '2.5', '+1.50'), (4, NULL, '+7', '7', '-1.50')")
                .into(TargetSchema.existing("app"));
        assertThat(migration.plan().notices())
                .extracting(notice -> notice.severity() + " " + notice.id() + " " + notice.count())
                .contains(
                        "BLOCKER normalised:t.n 3",
                        "INFO normalised:t.d 2",
                        "BLOCKER normalised:t.x 1",
                        "INFO text-in-blob:t.b 1");
        assertThat(migration.accept("normalised:*").run().validation().map(ValidationReport::passed))
                .contains(true);
    }

    @Test
    void evaluatesWhatTheTargetComputesBeforeTheFirstWrite(TestDatabase database) {
        database.execute(
                "CREATE SCHEMA app",
                "CREATE TABLE app.t(id bigint PRIMARY KEY, a integer, total integer GENERATED ALWAYS AS (a * 2) STORED)");
        Migration migration = Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, a INTEGER, total INTEGER AS (a * 3) STORED)",
                        "INSERT INTO t(id, a) VALUES (1, 0), (2, 1), (3, 5)")
                .into(TargetSchema.existing("app"));
        assertThat(blockers(migration)).containsExactly("generated:t.total 2 [id=2, id=3]");
        assertThat(migration.accept("generated:t.total").run().validation().map(ValidationReport::passed))
                .contains(true);
        assertThat(rows(database, "SELECT total FROM app.t ORDER BY id")).containsExactly("0", "2", "10");
    }

    @Test
    void namesBinaryJson(TestDatabase database) {
        Migration migration = Migrated.migration(
                folder,
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, b BLOB, j JSON, other BLOB)",
                "INSERT INTO t VALUES (1, jsonb('{\"a\":[1,\"x\"]}'), jsonb('[1,2]'), x'cb05'),"
                        + " (2, jsonb('[]'), NULL, x'ff')");
        assertThat(migration.plan().notices())
                .extracting(Notice::id)
                .contains("jsonb:t.b", "jsonb:t.j")
                .doesNotContain("jsonb:t.other");
    }

    @Test
    void looksForBrokenChecksAmongWhatArrives(TestDatabase database) {
        Migration migration = Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, note TEXT, code TEXT, u UUID, ok BOOLEAN,"
                                + " CONSTRAINT filled CHECK (note <> ''), CONSTRAINT there CHECK (note IS NOT NULL),"
                                + " CONSTRAINT short CHECK (length(code) < 4), CONSTRAINT dashed CHECK (length(u) = 36),"
                                + " CONSTRAINT bit CHECK (ok IN (0, 1)))",
                        "PRAGMA ignore_check_constraints = ON",
                        "INSERT INTO t VALUES (1, 'a', 'abc', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 1),"
                                + " (2, '', 'ab' || char(0) || 'cd', 'A0EEBC999C0B4EF8BB6D6BB9BD380A12', 'true')")
                .typeRules(TypeRules.standard()
                        .column("t", "note")
                        .blankAsNull()
                        .column("t", "code")
                        .stripNul());
        // '' breaks the first and NULL the second; 'ab' becomes 'abcd'; SQLite finds 32 characters, and 36 arrive.
        assertThat(blockers(migration))
                .containsExactlyInAnyOrder("violation:t.there 1 [id=2]", "violation:t.short 1 [id=2]");
        assertThat(migration.accept("violation:*").run().validation().map(ValidationReport::passed))
                .contains(true);
        assertThat(
                        rows(
                                database,
                                "SELECT conname FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'c' AND convalidated ORDER BY conname"))
                .containsExactly("bit", "dashed", "filled");
    }

    @Test
    void provesIndexesOverWhatArrives(TestDatabase database) {
        Migration migration = Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, note TEXT)",
                        "CREATE INDEX some ON t(id) WHERE note IS NOT NULL",
                        "CREATE INDEX sizes ON t(coalesce(length(note), -1))",
                        "INSERT INTO t VALUES (1, 'a'), (2, ''), (3, NULL)")
                .typeRules(TypeRules.standard().column("t", "note").blankAsNull());
        assertThat(migration.run().validation().map(ValidationReport::passed)).contains(true);
        assertThat(rows(database, "SELECT count(*) FROM pg_indexes WHERE indexname IN ('some', 'sizes')"))
                .containsExactly("2");
    }

    @Test
    void keepsGeneratedColumnsThatWouldBeComputedOtherwise(TestDatabase database) {
        Migration migration = Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, note TEXT, size INTEGER AS (length(note)) STORED,"
                                + " twice INTEGER AS (id * 2))",
                        "INSERT INTO t VALUES (1, 'a'), (2, '')")
                .typeRules(TypeRules.standard().column("t", "note").blankAsNull());
        assertThat(migration.plan().blockers())
                .singleElement()
                .satisfies(notice -> assertThat(notice.message())
                        .contains("generated column t.size", "arrive otherwise than they are"));
        assertThat(migration.accept("generated:t.size").run().validation().map(ValidationReport::passed))
                .contains(true);
        assertThat(rows(database, "SELECT id, note, size, twice FROM t ORDER BY id"))
                .containsExactly("1|a|1|2", "2|null|0|4");
    }
}
