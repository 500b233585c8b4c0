package dev.outgrow;

import static java.util.stream.Collectors.toUnmodifiableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What stands in PostgreSQL after a run, for values that the type of their column holds. */
@ExtendWith(TestPostgres.class)
class ValuesIT {
    @TempDir
    Path folder;

    private Migration column(TestDatabase database, String declaration, String... values) {
        return Migrated.column(folder, database, declaration, values);
    }

    private static String type(TestDatabase database) {
        return String.valueOf(database.value("SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                + " WHERE attrelid = 't'::regclass AND attname = 'v'"));
    }

    /** An expression over the column v, for each row in the order of the ids. */
    private static List<String> each(TestDatabase database, String expression) {
        return database.rows("SELECT " + expression + " FROM t ORDER BY id").stream()
                .map(row -> String.valueOf(row.get(0)))
                .collect(toUnmodifiableList());
    }

    private static List<String> notices(MigrationPlan plan) {
        return plan.notices().stream().map(Notice::id).collect(toUnmodifiableList());
    }

    @Test
    @DisplayName("Integers beyond four bytes, in columns declared smaller")
    void keepsEveryInteger(TestDatabase database) {
        column(database, "TINYINT", "300", "70000", "3000000000", "9223372036854775807", "-9223372036854775808")
                .run();
        assertThat(type(database)).isEqualTo("bigint");
        assertThat(each(database, "v"))
                .containsExactly("300", "70000", "3000000000", "9223372036854775807", "-9223372036854775808");
    }

    @Test
    @DisplayName("Floating point bit for bit, infinities too")
    void keepsEveryDouble(TestDatabase database) {
        column(database, "REAL", "123456.789012", "0.1", "1e308", "4.9e-324", "9e999", "-9e999")
                .run();
        assertThat(type(database)).isEqualTo("double precision");
        assertThat(each(
                        database,
                        "v = ANY (ARRAY[123456.789012, 0.1, 1e308, 4.9e-324]::float8[]) OR abs(v) = 'Infinity'"))
                .containsOnly("t");
        assertThat(each(database, "v::text"))
                .containsExactly("123456.789012", "0.1", "1e+308", "5e-324", "Infinity", "-Infinity");
    }

    @Test
    @DisplayName("Decimals keep their limits only where every value fits them exactly")
    void keepsDecimalsExactly(TestDatabase database) {
        Migration beyond = column(database, "NUMERIC(10,2)", "1.005", "2");
        assertThat(notices(beyond.plan())).containsExactly("numeric:t.v");
        beyond.run();
        assertThat(type(database)).isEqualTo("numeric");
        assertThat(each(database, "v")).containsExactly("1.005", "2");
    }

    @Test
    @DisplayName("Decimals that fit their declaration get it")
    void keepsTheLimitsOfDecimals(TestDatabase database) {
        column(database, "DECIMAL(7,2)", "12345.67", "-0.1", "7").run();
        assertThat(type(database)).isEqualTo("numeric(7,2)");
        assertThat(each(database, "v")).containsExactly("12345.67", "-0.10", "7.00");
    }

    @Test
    @DisplayName("Words for booleans")
    void takesWordsForBooleans(TestDatabase database) {
        column(database, "BOOLEAN", "0", "1", "'true'", "'f'", "NULL").run();
        assertThat(type(database)).isEqualTo("boolean");
        assertThat(each(database, "v")).containsExactly("f", "t", "t", "f", "null");
    }

    @Test
    @DisplayName("By rule, every number but zero is true")
    void takesNumbersForBooleansByRule(TestDatabase database) {
        column(database, "BOOLEAN", "0", "1", "2", "-1")
                .typeRules(TypeRules.standard().column("t", "v").nonZeroAsTrue())
                .run();
        assertThat(each(database, "v")).containsExactly("f", "t", "t", "t");
    }

    @Test
    @DisplayName("Zeros and ones in a tinyint(1) stay numbers; by rule they are booleans")
    void leavesNumbersThatMayBeBooleans(TestDatabase database) {
        Migration migration = column(database, "TINYINT(1)", "0", "1");
        assertThat(migration.plan().tables().get(0).columns().get(1).type()).isEqualTo("bigint");
        migration
                .typeRules(TypeRules.standard().declared("TINYINT(1)").as(PgType.BOOLEAN))
                .run();
        assertThat(each(database, "v")).containsExactly("f", "t");
    }

    @Test
    @DisplayName("Unix milliseconds are told by their range")
    void readsUnixMilliseconds(TestDatabase database) {
        column(database, "DATETIME", "1627303906122").run();
        assertThat(type(database)).isEqualTo("timestamp with time zone");
        assertThat(each(database, "v AT TIME ZONE 'UTC'")).containsExactly("2021-07-26 12:51:46.122");
    }

    @Test
    @DisplayName("Unix seconds are told by their range, in a timestamp as in a datetime")
    void readsUnixSeconds(TestDatabase database) {
        column(database, "TIMESTAMP", "1700000000").run();
        assertThat(type(database)).isEqualTo("timestamp with time zone");
        assertThat(each(database, "v AT TIME ZONE 'UTC'")).containsExactly("2023-11-14 22:13:20");
    }

    @Test
    @DisplayName("Julian days")
    void readsJulianDays(TestDatabase database) {
        column(database, "DATETIME", "2460000.5").run();
        assertThat(type(database)).isEqualTo("timestamp with time zone");
        assertThat(each(database, "v AT TIME ZONE 'UTC'")).containsExactly("2023-02-25 00:00:00");
    }

    @Test
    @DisplayName("Julian days of programs that divide in another way")
    void readsJulianDaysBesideThoseOfSqlite(TestDatabase database) {
        column(database, "DATETIME", "2460310.508020833", "2460310.5080208336", "2460310.5080208327")
                .run();
        assertThat(each(database, "v AT TIME ZONE 'UTC'"))
                .containsExactly("2024-01-01 00:11:33", "2024-01-01 00:11:33", "2024-01-01 00:11:33");
    }

    @Test
    @DisplayName("Offsets are honoured")
    void honoursOffsets(TestDatabase database) {
        column(
                        database,
                        "DATETIME",
                        "'2024-01-02 03:04:05.678'",
                        "'2024-01-02T03:04:05Z'",
                        "'2024-01-02 03:04:05+02:00'")
                .typeRules(TypeRules.standard().everyColumn().naiveTimesIn(ZoneOffset.UTC))
                .run();
        assertThat(type(database)).isEqualTo("timestamp with time zone");
        assertThat(each(database, "v AT TIME ZONE 'UTC'"))
                .containsExactly("2024-01-02 03:04:05.678", "2024-01-02 03:04:05", "2024-01-02 01:04:05");
    }

    @Test
    @DisplayName("By rule, blank text becomes NULL and is counted")
    void takesBlanksForNullByRule(TestDatabase database) {
        Migration migration = column(database, "DATETIME", "'2024-01-02 03:04:05'", "''", "'  '")
                .typeRules(TypeRules.standard().column("t", "v").blankAsNull());
        assertThat(migration.plan().notices())
                .filteredOn(notice -> notice.id().equals("blank:t.v"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.count()).isEqualTo(2));
        migration.run();
        assertThat(each(database, "v")).containsExactly("2024-01-02 03:04:05", "null", "null");
    }

    @Test
    @DisplayName("Fractions beyond the microsecond are rounded only if accepted")
    void roundsFractionsOnlyIfAccepted(TestDatabase database) {
        Migration migration = column(database, "DATETIME", "'2024-01-02 03:04:05.123456789'", "'2024-01-02 03:04:05'");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migration::run)
                .withMessageContaining("precision:t.v");
        migration.accept("precision:t.v").run();
        assertThat(each(database, "v")).containsExactly("2024-01-02 03:04:05.123457", "2024-01-02 03:04:05");
    }

    @Test
    @DisplayName("By rule, NUL in text is stripped")
    void keepsTextAroundNul(TestDatabase database) {
        column(database, "TEXT", "CAST(x'610062' AS TEXT)")
                .typeRules(TypeRules.standard().column("t", "v").stripNul())
                .run();
        assertThat(each(database, "encode(convert_to(v, 'UTF8'), 'hex')")).containsExactly("6162");
    }

    @Test
    @DisplayName("By rule, text that PostgreSQL does not take becomes its bytes")
    void keepsTextAsBytesByRule(TestDatabase database) {
        column(database, "TEXT", "CAST(x'610062' AS TEXT)", "CAST(x'61ff62' AS TEXT)", "CAST(x'eda080' AS TEXT)")
                .typeRules(TypeRules.standard().column("t", "v").as(PgType.BYTEA))
                .run();
        assertThat(each(database, "encode(v, 'hex')")).containsExactly("610062", "61ff62", "eda080");
    }

    @Test
    @DisplayName("By rule, what is no UTF-8 is Latin-1")
    void takesInvalidTextForLatin1(TestDatabase database) {
        column(database, "TEXT", "CAST(x'61ff62' AS TEXT)", "'ü'")
                .typeRules(TypeRules.standard().column("t", "v").latin1())
                .run();
        assertThat(each(database, "v")).containsExactly("aÿb", "ü");
    }

    @Test
    @DisplayName("Text with tabs, backslashes, line ends, emoji and control characters, byte for byte")
    void keepsOddText(TestDatabase database) {
        String odd = "'x' || char(9) || '\\N\\.' || char(13, 10, 128512, 7)";
        column(database, "TEXT", odd, "'\\N'", "'\\.'", "''").run();
        assertThat(each(database, "encode(convert_to(v, 'UTF8'), 'hex')"))
                .containsExactly("78095c4e5c2e0d0af09f988007", "5c4e", "5c2e", "");
    }

    @Test
    @DisplayName("Blobs of every byte; the empty one is not NULL")
    void keepsBlobs(TestDatabase database) {
        StringBuilder all = new StringBuilder();
        for (int each = 0; each < 256; each++) {
            all.append(Character.forDigit(each >> 4, 16)).append(Character.forDigit(each & 15, 16));
        }
        column(database, "BLOB", "x'" + all + "'", "zeroblob(0)", "NULL").run();
        assertThat(each(database, "encode(v, 'hex')")).containsExactly(all.toString(), "", "null");
    }

    @Test
    @DisplayName("Text in a column of blobs becomes its bytes, and base64 is not guessed")
    void takesTextForItsBytes(TestDatabase database) {
        Migration migration = column(database, "BLOB", "'-----BEGIN KEY-----'", "'abcd'", "x'00'");
        assertThat(notices(migration.plan())).containsExactly("text-in-blob:t.v");
        migration.run();
        assertThat(type(database)).isEqualTo("bytea");
        assertThat(each(database, "encode(v, 'escape')")).containsExactly("-----BEGIN KEY-----", "abcd", "\\000");
    }

    @Test
    @DisplayName("Text of any length, and numbers as SQLite prints them")
    void keepsTextWhole(TestDatabase database) {
        Migration migration = column(database, "VARCHAR(3)", "'abcdef'", "42", "1.0", "1e100");
        assertThat(notices(migration.plan())).containsExactly("length:t.v");
        migration.run();
        assertThat(type(database)).isEqualTo("text");
        assertThat(each(database, "v")).containsExactly("abcdef", "42", "1.0", "1.0e+100");
    }

    @Test
    @DisplayName("JSON that jsonb would not keep is json")
    void keepsKeysThatStandTwice(TestDatabase database) {
        Migration migration = column(database, "JSON", "'{\"a\":1, \"a\":2}'");
        assertThat(notices(migration.plan())).containsExactly("json:t.v");
        migration.run();
        assertThat(type(database)).isEqualTo("json");
        assertThat(each(database, "v")).containsExactly("{\"a\":1, \"a\":2}");
    }

    @Test
    @DisplayName("What is no JSON makes its column text")
    void keepsWhatIsNoJson(TestDatabase database) {
        column(database, "JSON", "'{\"a\":1}'", "'not json'").run();
        assertThat(type(database)).isEqualTo("text");
        assertThat(each(database, "v")).containsExactly("{\"a\":1}", "not json");
    }

    @Test
    @DisplayName("UUIDs as text")
    void keepsUuids(TestDatabase database) {
        column(database, "UUID", "'00112233-4455-6677-8899-aabbccddeeff'", "NULL")
                .run();
        assertThat(type(database)).isEqualTo("uuid");
        assertThat(each(database, "v")).containsExactly("00112233-4455-6677-8899-aabbccddeeff", "null");
    }

    @Test
    @DisplayName("A key of 16 bytes is bytea, and uuid by rule")
    void keepsUuidsOfBytes(TestDatabase database) {
        Migration migration = Migrated.migration(
                folder,
                database,
                "CREATE TABLE t(id BLOB PRIMARY KEY)",
                "INSERT INTO t VALUES (x'00112233445566778899aabbccddeeff')");
        assertThat(migration.plan().tables().get(0).columns().get(0).type()).isEqualTo("bytea");
        migration
                .typeRules(TypeRules.standard().column("t", "id").as(PgType.UUID))
                .run();
        assertThat(database.value("SELECT id FROM t")).isEqualTo("00112233-4455-6677-8899-aabbccddeeff");
    }

    @Test
    @DisplayName("Types that SQLite has never heard of")
    void takesAnyNameOfAType(TestDatabase database) {
        Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(a guid, b STRING, c int2, d text[], e foo bar, f)",
                        "INSERT INTO t VALUES ('g', 'x', 70000, 'x', 'y', 1.5)",
                        "CREATE TABLE s(a ANY, b INT) STRICT",
                        "INSERT INTO s VALUES ('x', 2)")
                .run();
        assertThat(database.rows("SELECT a, b, c, d, e, f FROM t"))
                .containsExactly(List.of("g", "x", "70000", "x", "y", "1.5"));
        assertThat(database.rows("SELECT a, b FROM s")).containsExactly(List.of("x", "2"));
    }

    @Test
    @DisplayName("Keys that differ by a blank at their end, in a table WITHOUT ROWID")
    void keepsBlanksInKeys(TestDatabase database) {
        Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID",
                        "INSERT INTO t VALUES ('a', 'one'), ('a ', 'two')")
                .run();
        assertThat(database.rows("SELECT k, v FROM t ORDER BY v"))
                .containsExactly(List.of("a", "one"), List.of("a ", "two"));
    }

    @Test
    @DisplayName("Rowids below zero, zero, with gaps, and the greatest")
    void keepsEveryRowid(TestDatabase database) {
        Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(v INT)",
                        "INSERT INTO t(rowid, v) VALUES (-9223372036854775808, 1), (-5, 2), (0, 3), (77, 4)",
                        "INSERT INTO t(rowid, v) VALUES (9223372036854775807, 5)",
                        "CREATE TABLE k(id INTEGER PRIMARY KEY, v INT)",
                        "INSERT INTO k SELECT rowid, v FROM t")
                .run();
        assertThat(database.value("SELECT string_agg(v::text, ',' ORDER BY v) FROM t"))
                .isEqualTo("1,2,3,4,5");
        assertThat(database.value("SELECT string_agg(id::text, ',' ORDER BY id) FROM k"))
                .isEqualTo("-9223372036854775808,-5,0,77,9223372036854775807");
    }

    @Test
    @DisplayName("Text of UTF-16 databases, of both byte orders")
    void keepsTextOfUtf16(TestDatabase database) {
        for (String encoding : List.of("UTF-16le", "UTF-16be")) {
            String table = "t_" + encoding.substring(6);
            Migration migration = Migration.from(SqliteFiles.write(
                            folder.resolve(encoding + ".db"),
                            "PRAGMA encoding = '" + encoding + "'",
                            "CREATE TABLE " + table + "(k TEXT PRIMARY KEY, v) WITHOUT ROWID",
                            "INSERT INTO " + table + " VALUES ('ü\uD83D\uDE00', 'Grüße')"))
                    .to(database.dataSource())
                    .into(TargetSchema.created(encoding));
            migration.run();
            assertThat(database.rows("SELECT k, v FROM \"" + encoding + "\"." + table))
                    .containsExactly(List.of("ü\uD83D\uDE00", "Grüße"));
        }
    }
}
