package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that the type of their column does not hold: named before the first write, and kept by a wider type. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class MisfitIT {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}: {2} in a column {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Words among integers | INTEGER | 5; 'abc'; 'x10'; 7 | 2 3",
                "A fraction among integers | INTEGER | 1.5; 2 | 1",
                "A 2 among booleans | BOOLEAN | 0; 2; 1 | 2",
                "Unix times in two units | DATETIME | 1700000000; 1700000001; 1627303906122 | 3",
                "Numbers that are times in no certain unit | DATETIME | 20240; 0 | 1 2",
                "Blank text among times | DATETIME | '2024-01-02 03:04:05'; '' | 2",
                "Blank text among dates | DATE | ''; '2024-01-02' | 1",
                "Blank text among decimals | NUMERIC(10,2) | 1; '' | 2",
                "Blank text among floating-point numbers | REAL | 1.5; '' | 2",
                "Words that look like numbers | REAL | 9000000000000001; 'NaN'; '1.5x' | 2 3",
                "The 30th of February | DATETIME | '2024-02-30 00:00:00' | 1",
                "A time beyond midnight | TIME | '10:00'; '25:61' | 2",
                "A number among dates | DATE | '2024-01-02'; 19000 | 2",
                "Text with a NUL | TEXT | CAST(x'610062' AS TEXT); 'ab' | 1",
                "Text that is no UTF-8 | TEXT | 'ab'; CAST(x'61ff62' AS TEXT) | 2",
                "Text with half of a surrogate pair | TEXT | CAST(x'eda080' AS TEXT) | 1",
                "Blobs among text | TEXT | 'x'; x'616263'; x'ff00' | 2 3",
                "Several storage classes where no type is declared | ANY | 1; 'x'; 2 | 1 3",
            })
    void namesWhatDoesNotFitBeforeItWrites(
            String what, String declaration, String values, String keys, TestDatabase database) {
        Migration migration = Migrated.column(folder, database, declaration, values.split("; "));
        List<Notice> misfits = migration.plan().blockers();
        assertThat(misfits).extracting(Notice::id).containsOnly("misfit:t.v");
        assertThat(misfits.stream().flatMap(misfit -> misfit.keys().stream()).sorted())
                .containsExactlyElementsOf(ids(keys));
        assertThat(misfits.stream().mapToLong(Notice::count).sum()).isEqualTo(keys.split(" ").length);
        assertThat(misfits).allSatisfy(misfit -> assertThat(misfit.remedy()).startsWith("."));
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> migration.accept("misfit:t.v").run())
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PLAN_BLOCKED))
                .withMessageContaining("misfit:t.v");
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                        + " OR relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'outgrow%')"))
                .isEqualTo("0");
    }

    private static List<String> ids(String keys) {
        return Stream.of(keys.split(" ")).map(key -> "id=" + key).toList();
    }

    @ParameterizedTest(name = "{0}: {2} in a column {1} makes it {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Words among integers | INTEGER | 5; 'abc'; ''; 7 | text | 5,abc,,7",
                "A fraction among integers | INTEGER | 1.5; 2 | double precision | 1.5,2",
                "A 2 among booleans | BOOLEAN | 0; 2 | bigint | 0,2",
                "Blank text among decimals | NUMERIC(10,2) | 1; '' | text | 1,",
                "Blobs among text | TEXT | 'x'; x'616263'; x'ff00' | bytea | \\x78,\\x616263,\\xff00",
                "Several storage classes where no type is declared | ANY | 1; 'x'; 2.5 | text | 1,x,2.5",
            })
    void widensOnRequest(
            String what, String declaration, String values, String type, String expected, TestDatabase database) {
        Migration migration = Migrated.column(folder, database, declaration, values.split("; "))
                .onMisfit(MisfitPolicy.WIDEN);
        assertThat(migration.plan().notices()).extracting(Notice::id).contains("widened:t.v");
        migration.run();
        assertThat(database.value("SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                        + " WHERE attrelid = 't'::regclass AND attname = 'v'"))
                .isEqualTo(type);
        assertThat(database.value("SELECT string_agg(v::text, ',' ORDER BY id) FROM t"))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{1} in a unique column {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BOOLEAN | 0; 'f'; 'true' | 1 2",
                "DATETIME | '2024-01-02 03:04:05'; '2024-01-02T03:04:05'; '2024-01-02' | 1 2",
                "DATETIME | '2024-01-02 03:04:05Z'; '2024-01-02 05:04:05+02:00' | 1 2",
                "UUID | '00112233-4455-6677-8899-aabbccddeeff'; '00112233-4455-6677-8899-AABBCCDDEEFF' | 1 2",
                "TEXT COLLATE NOCASE | 'Ü'; 'ü'; 'u' | 1 2",
                "BLOB | 'ab'; x'6162'; x'' | 1 2",
                "BLOB | 'ab'; x'6163'; 'T' | ",
                "DATETIME | '2024-01-02 03:04:05'; '2024-01-02T03:04:06' | ",
                "BOOLEAN | 'f'; 'true' | ",
                "TEXT COLLATE NOCASE | 'Ü'; 'u'; 'V' | ",
            })
    void namesKeysThatWouldBecomeOne(String declaration, String values, @Nullable String keys, TestDatabase database) {
        Migration migration = Migrated.column(folder, database, declaration + " UNIQUE", values.split("; "));
        if (keys == null) {
            assertThat(migration.run().rows()).isEqualTo(values.split("; ").length);
            return;
        }
        assertThat(migration.plan().blockers()).singleElement().satisfies(notice -> {
            assertThat(notice.id()).isEqualTo("unique:t.v");
            assertThat(notice.keys()).containsExactlyElementsOf(ids(keys));
            assertThat(notice.count()).isEqualTo(keys.split(" ").length);
            assertThat(notice.remedy())
                    .isEqualTo(
                            declaration.equals("BLOB")
                                    ? "Make these rows differ in SQLite."
                                    : ".typeRules(TypeRules.standard().column(\"t\", \"v\").as(PgType.TEXT))");
        });
        if (!declaration.equals("BLOB")) {
            migration =
                    migration.typeRules(TypeRules.standard().column("t", "v").as(PgType.TEXT));
            assertThat(migration.run().rows()).isEqualTo(values.split("; ").length);
        }
    }

    @Test
    @DisplayName("Several unique keys in whose way a type stands are one group, with one line that settles all of them")
    void settlesSeveralKeysThatWouldBecomeOneByOneLine(TestDatabase database) {
        Migration migration = Migrated.migration(
                folder,
                database,
                "CREATE TABLE a(u UUID, b BOOLEAN, d DATETIME, UNIQUE (u, b), UNIQUE (d))",
                "INSERT INTO a VALUES ('00112233-4455-6677-8899-aabbccddeeff', 1, '2024-01-02 00:00:00'),"
                        + " ('00112233-4455-6677-8899-AABBCCDDEEFF', 'true', '2024-01-02')");
        assertThat(migration.plan().blockers()).hasSize(2);
        assertThat(migration.plan().toString().replaceAll("\\s+", ""))
                .contains(
                        ".typeRules(TypeRules.standard().column(\"a\",\"u\").as(PgType.TEXT).column(\"a\",\"b\").as(PgType.TEXT)"
                                + ".column(\"a\",\"d\").as(PgType.TEXT))");
    }

    @Test
    @DisplayName("NULL in a primary key is a misfit; accepted, a unique index takes the place of the key")
    void takesAUniqueIndexForAKeyWithNulls(TestDatabase database) {
        Migration migration = Migrated.migration(
                folder,
                database,
                "CREATE TABLE t(k TEXT PRIMARY KEY, v INT)",
                "INSERT INTO t VALUES ('a', 1), (NULL, 2), (NULL, 3)");
        assertThat(migration.plan().blockers()).singleElement().satisfies(misfit -> {
            assertThat(misfit.id()).isEqualTo("misfit:t.k");
            assertThat(misfit.count()).isEqualTo(2);
            assertThat(misfit.acceptable()).isTrue();
        });
        migration.accept("misfit:t.k").run();
        assertThat(database.value("SELECT string_agg(coalesce(k, 'none') || v, ',' ORDER BY v) FROM t"))
                .isEqualTo("a1,none2,none3");
        assertThat(database.rows("SELECT indisunique, indisprimary FROM pg_index WHERE indrelid = 't'::regclass"))
                .containsExactly(List.of("t", "f"));
    }
}
