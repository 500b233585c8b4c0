package dev.outgrow.validate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.ValueConverter;
import dev.outgrow.validate.Difference;
import dev.outgrow.validate.NotCompared;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of every sort: each finds the damaged row by its key, whether the databases order it alike or not. */
class KeysIT {
    /**
     * A table of three rows {@code (k, v)} with {@code v} from 1 to 3; the second is damaged.
     *
     * @param sqlite how SQLite declares the key
     * @param postgres how PostgreSQL declares it
     * @param keys the three keys as SQLite's literals
     * @param targetKeys the same as PostgreSQL's
     * @param damaged the second key as a report writes it
     */
    record Key(
            String name,
            String sqlite,
            String postgres,
            PgType type,
            Representation representation,
            List<String> keys,
            List<String> targetKeys,
            String damaged) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Key> KEYS = List.of(
            key("integer", "INTEGER", PgType.INTEGER, Representation.NATIVE, "k=7", "-1", "7", "70000"),
            key("text", "TEXT", PgType.TEXT, Representation.NATIVE, "k=B", "'a'", "'B'", "'ä'"),
            key("citext", "TEXT COLLATE NOCASE", PgType.CITEXT, Representation.NATIVE, "k=b", "'A'", "'b'", "'C'"),
            key("varchar", "VARCHAR(5)", PgType.varchar(5), Representation.NATIVE, "k=", "' '", "''", "'x'"),
            new Key(
                    "bytes",
                    "BLOB",
                    "bytea",
                    PgType.BYTEA,
                    Representation.NATIVE,
                    List.of("x'7f'", "x'ff00'", "x'80'"),
                    List.of("'\\x7f'", "'\\xff00'", "'\\x80'"),
                    "k=x'ff00'"),
            new Key(
                    "uuid bytes",
                    "BLOB",
                    "uuid",
                    PgType.UUID,
                    Representation.UUID_BLOB,
                    List.of(
                            "x'f0eebc999c0b4ef8bb6d6bb9bd380a11'",
                            "x'00eebc999c0b4ef8bb6d6bb9bd380a11'",
                            "x'80eebc999c0b4ef8bb6d6bb9bd380a11'"),
                    List.of(
                            "'f0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                            "'00eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                            "'80eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"),
                    "k=x'00eebc999c0b4ef8bb6d6bb9bd380a11'"),
            new Key(
                    "uuid text, normalised",
                    "UUID",
                    "uuid",
                    PgType.UUID,
                    Representation.UUID_TEXT,
                    List.of(
                            "'f0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                            "'B0EEBC999C0B4EF8BB6D6BB9BD380A11'",
                            "'A0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"),
                    List.of(
                            "'f0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                            "'b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                            "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"),
                    "k=B0EEBC999C0B4EF8BB6D6BB9BD380A11"),
            new Key(
                    "times, normalised",
                    "DATETIME",
                    "timestamptz",
                    PgType.TIMESTAMPTZ,
                    Representation.ISO_TEXT,
                    List.of("'2024-01-02T00:00:00Z'", "'2024-01-02 00:30:00+01:00'", "'2024-01-02 01:00:00.5'"),
                    List.of("'2024-01-02 00:00:00+00'", "'2024-01-01 23:30:00+00'", "'2024-01-02 01:00:00.5+00'"),
                    "k=2024-01-02 00:30:00+01:00"),
            new Key(
                    "booleans, normalised",
                    "BOOLEAN",
                    "boolean",
                    PgType.BOOLEAN,
                    Representation.BOOLEAN,
                    List.of("0", "'true'", "NULL"),
                    List.of("false", "true", "NULL"),
                    "k=true"),
            key("doubles", "REAL", PgType.DOUBLE_PRECISION, Representation.NATIVE, "k=-1.5", "0.1", "-1.5", "1e308"));

    private static Key key(
            String name, String sqlite, PgType type, Representation representation, String damaged, String... keys) {
        return new Key(name, sqlite, type.sql(), type, representation, List.of(keys), List.of(keys), damaged);
    }

    @ParameterizedTest
    @FieldSource("KEYS")
    void findsTheDamagedRowByItsKey(Key key, @TempDir Path folder) throws Exception {
        compares(key, folder, "");
    }

    @ParameterizedTest
    @FieldSource("KEYS")
    @DisplayName("The same in a database in UTF-16")
    void findsTheDamagedRowInUtf16(Key key, @TempDir Path folder) throws Exception {
        compares(key, folder, "PRAGMA encoding = 'UTF-16be'");
        compares(key, folder, "PRAGMA encoding = 'UTF-16le'");
    }

    private static void compares(Key key, Path folder, String pragma) throws Exception {
        try (DamagedTarget target =
                target(folder, pragma, key.sqlite(), key.postgres(), key.keys(), key.targetKeys())) {
            ComparedTable table = table(key.type(), key.representation());
            ValidationReport good = target.validated(table);
            assertThat(good.passed()).as(good.toString()).isTrue();

            target.damage("UPDATE t SET v = 9 WHERE v = 2");
            assertThat(target.validated(table).differences())
                    .containsExactly(new Difference("t", key.damaged(), "v", Difference.Kind.VALUE));

            target.damage("DELETE FROM t WHERE v = 2");
            assertThat(target.validated(table).differences())
                    .containsExactly(new Difference("t", key.damaged(), null, Difference.Kind.ROW_MISSING));

            target.damage("UPDATE t SET v = 5 - v WHERE v >= 2");
            assertThat(target.validated(table).tables().get(0).differenceCount())
                    .isEqualTo(2);
        }
    }

    private static DamagedTarget target(
            Path folder, String pragma, String sqlite, String postgres, List<String> keys, List<String> targetKeys)
            throws Exception {
        Path file = folder.resolve(pragma.replaceAll("\\W", "") + ".db");
        return DamagedTarget.of(
                file,
                Stream.of(pragma, "CREATE TABLE t(k " + sqlite + " PRIMARY KEY, v INTEGER)", insert(keys))
                        .filter(sql -> !sql.isEmpty())
                        .toArray(String[]::new),
                new String[] {
                    "CREATE EXTENSION citext", "CREATE TABLE t(k " + postgres + ", v bigint)", insert(targetKeys)
                });
    }

    private static String insert(List<String> keys) {
        return "INSERT INTO t VALUES (" + keys.get(0) + ", 1), (" + keys.get(1) + ", 2), (" + keys.get(2) + ", 3)";
    }

    private static ComparedTable table(PgType type, Representation representation) {
        return TableFixture.table("t")
                .column("k", "", type, representation)
                .column("v", "INTEGER", PgType.BIGINT, Representation.NATIVE)
                .key("k")
                .in("public");
    }

    @Test
    @DisplayName("NULL in a text key: the rows are compared all the same")
    void comparesRowsWhoseKeyIsNull(@TempDir Path folder) throws Exception {
        List<String> keys = List.of("NULL", "NULL", "'a'");
        try (DamagedTarget target = target(folder, "", "TEXT", "text", keys, keys)) {
            ComparedTable table = table(PgType.TEXT, Representation.NATIVE);
            assertThat(target.validated(table).passed()).isTrue();

            target.damage("UPDATE t SET v = 9 WHERE v = 2");
            assertThat(target.validated(table).differences())
                    .containsExactly(new Difference("t", "k=NULL", "v", Difference.Kind.VALUE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'x'", "1.5", "x'01'"})
    void aKeyOfAnotherStorageClassIsADifference(String key, @TempDir Path folder) throws Exception {
        try (DamagedTarget target =
                target(folder, "", "INT", "bigint", List.of("1", key, "3"), List.of("1", "2", "3"))) {
            assertThat(target.validated(table(PgType.BIGINT, Representation.NATIVE))
                            .differences())
                    .extracting(Difference::kind)
                    .containsExactlyInAnyOrder(Difference.Kind.ROW_MISSING, Difference.Kind.ROW_ADDED);
        }
    }

    @Test
    void aKeyColumnThatIsLeftOutMakesAMultiset(@TempDir Path folder) throws Exception {
        List<String> keys = List.of("1", "2", "3");
        try (DamagedTarget target = target(folder, "", "INT", "bigint", keys, List.of("3", "1", "2"))) {
            ValidationReport report = target.validated(TableFixture.table("t")
                    .column("k", "INT", PgType.BIGINT, Representation.NATIVE)
                    .column("v", "INTEGER", PgType.BIGINT, Representation.NATIVE)
                    .key("k")
                    .leftOut("k", "its converter has no way back")
                    .in("public"));

            assertThat(report.passed()).isTrue();
            assertThat(report.notCompared()).extracting(it -> it.subject()).containsExactly("t.k");
        }
    }

    @Test
    void aConverterWithoutAWayBackLeavesItsColumnOut(@TempDir Path folder) throws Exception {
        List<String> keys = List.of("1", "2", "3");
        try (DamagedTarget target = target(folder, "", "INT", "text", keys, List.of("'a'", "'b'", "'c'"))) {
            ValidationReport report = target.validated(TableFixture.table("t")
                    .column("k", "INT", TypeMapping.converted(PgType.TEXT, Object::toString))
                    .column("v", "INTEGER", PgType.BIGINT, Representation.NATIVE)
                    .in("public"));

            assertThat(report.passed()).isTrue();
            assertThat(report.notCompared())
                    .containsExactly(new NotCompared("t.k", "its converter has no way back to SQLite"));
        }
    }

    @Test
    void aConverterWithAWayBackIsProved(@TempDir Path folder) throws Exception {
        List<String> keys = List.of("1", "2", "3");
        ValueConverter hundreds = new ValueConverter() {
            @Override
            public String toPostgres(Object value) {
                return value + "00";
            }

            @Override
            public Optional<Object> toSqlite(String text) {
                return Optional.of(Long.parseLong(text) / 100);
            }
        };
        try (DamagedTarget target = target(folder, "", "INT", "text", keys, List.of("'100'", "'200'", "'301'"))) {
            ComparedTable table = TableFixture.table("t")
                    .column("k", "INT", TypeMapping.converted(PgType.TEXT, hundreds))
                    .column("v", "INTEGER", PgType.BIGINT, Representation.NATIVE)
                    .key("v")
                    .in("public");

            assertThat(target.validated(table).passed()).isTrue();
            target.damage("UPDATE t SET k = '400' WHERE v = 3");
            assertThat(target.validated(table).differences())
                    .containsExactly(new Difference("t", "v=3", "k", Difference.Kind.VALUE));
        }
    }
}
