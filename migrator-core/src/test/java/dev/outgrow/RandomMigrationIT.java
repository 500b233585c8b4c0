package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.plan.Backup;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.TargetSchema;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.validate.ValidationReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any value in any column: either the plan names a misfit, or every value arrives; and with {@link MisfitPolicy#WIDEN} every
 * value arrives. The system property {@code migrator.test.rounds} says how many databases are made (12 by default),
 * {@code migrator.test.seed} which is the first.
 */
@ExtendWith(TestPostgres.class)
class RandomMigrationIT {
    private static final int TABLES = 3;
    private static final int ROWS = 6;

    private static final List<String> DECLARATIONS = List.of(
            "INTEGER",
            "TINYINT(1)",
            "BIGINT",
            "REAL",
            "DOUBLE PRECISION",
            "BOOLEAN",
            "NUMERIC",
            "DECIMAL(8,3)",
            "TEXT",
            "VARCHAR(4)",
            "TEXT COLLATE NOCASE",
            "BLOB",
            "DATE",
            "TIME",
            "DATETIME",
            "TIMESTAMP",
            "JSON",
            "UUID",
            "GUID",
            "STRING",
            "ANY",
            "",
            "foo bar");

    private static final List<List<String>> VALUES = List.of(
            List.of("NULL"),
            List.of("0", "1", "2", "-1", "70000", "9223372036854775807", "-9223372036854775808"),
            List.of("0.5", "-0.0", "1e308", "9e999", "-9e999", "1234.5678", "3.0", "4.9e-324"),
            List.of("1700000000", "1700000001", "1627303906122", "2460000.5", "1700000000.25"),
            List.of("''", "'a'", "'abcdef'", "'\\N'", "'ü' || char(128512)", "char(9, 13, 10)", "'Title'", "'I'"),
            List.of("'1'", "'12.50'", "'true'", "'f'", "'0x10'", "' 7 '"),
            List.of("'2024-01-02'", "'1999-12-31'"),
            List.of("'10:11:12'", "'23:59'"),
            List.of("'2024-01-02 03:04:05'", "'2024-07-01T12:00:00.123456'", "'2024-01-02 03:04:05+02:00'"),
            List.of("'2024-02-30'", "'2024-01-02 03:04:05.1234567'", "'25:61'"),
            List.of("'{\"a\":1}'", "'[1, 2]'", "'{\"a\":1,\"a\":2}'", "'\"\\u0000\"'"),
            List.of("'00112233-4455-6677-8899-aabbccddeeff'", "x'00112233445566778899aabbccddeeff'"),
            List.of("x''", "x'00ff'", "zeroblob(3)", "CAST('text' AS BLOB)"),
            List.of("CAST(x'610062' AS TEXT)", "CAST(x'61ff62' AS TEXT)", "CAST(x'eda080' AS TEXT)"));

    @TempDir
    Path folder;

    @Test
    void namesAMisfitOrCarriesEveryValue(TestDatabase database) throws Exception {
        long first = Long.getLong("migrator.test.seed", 20240102);
        int rounds = Integer.getInteger("migrator.test.rounds", 12);
        int strict = 0;
        for (long seed = first; seed < first + rounds; seed++) {
            Path file = SqliteFiles.write(folder.resolve(seed + ".db"), statements(seed));
            String what = "the seed " + seed;
            strict += migrated(file, database, MisfitPolicy.FAIL, what) ? 1 : 0;
            assertThat(migrated(file, database, MisfitPolicy.WIDEN, what))
                    .as(what)
                    .isTrue();
            Files.delete(file);
        }
        assertThat(strict).isBetween(rounds / 4, rounds - rounds / 4);
    }

    /** Whether it was migrated; where not, the plan named misfits. */
    private static boolean migrated(Path file, TestDatabase database, MisfitPolicy policy, String what) {
        Migration migration = Migration.from(file)
                .to(database.dataSource())
                .into(TargetSchema.created("target"))
                .backup(Backup.none())
                .onMisfit(policy)
                .accept("precision:*");
        MigrationPlan plan = migration.plan();
        if (!plan.blockers().isEmpty()) {
            assertThat(plan.blockers())
                    .as(what)
                    .allSatisfy(notice -> assertThat(notice.kind()).isEqualTo("misfit"))
                    .allSatisfy(notice -> assertThat(notice.keys()).isNotEmpty());
            return false;
        }
        try {
            MigrationReport report = migration.run();
            assertThat(report.rows()).as(what).isEqualTo(TABLES * ROWS);
            assertThat(report.validation().map(ValidationReport::passed))
                    .as(what)
                    .contains(true);
        } catch (RuntimeException e) {
            throw new AssertionError(what + ", " + policy + ": " + plan, e);
        }
        database.execute("DROP SCHEMA target CASCADE", "DROP SCHEMA outgrow CASCADE");
        return true;
    }

    /** Tables of random columns. In every other database they hold what they are declared for, so that not each has a misfit. */
    private static String[] statements(long seed) {
        boolean tame = seed % 2 == 0;
        // Neighbouring seeds give neighbouring first numbers.
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        List<String> statements = new ArrayList<>();
        statements.add("PRAGMA encoding = '" + pick(random, List.of("UTF-8", "UTF-16le", "UTF-16be")) + "'");
        for (int table = 0; table < TABLES; table++) {
            int columns = 1 + random.nextInt(5);
            StringBuilder create = new StringBuilder("CREATE TABLE t" + table + "(id INTEGER PRIMARY KEY");
            List<List<String>> kinds = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                String declaration = pick(random, DECLARATIONS);
                create.append(", c").append(column).append(' ').append(declaration);
                kinds.add(tame ? tameValues(declaration) : random.nextInt(3) == 0 ? List.of() : pick(random, VALUES));
            }
            statements.add(create.append(random.nextInt(4) == 0 ? ") WITHOUT ROWID" : ")")
                    .toString());
            for (int row = 0; row < ROWS; row++) {
                StringBuilder insert = new StringBuilder("INSERT INTO t" + table + " VALUES (" + (row * 7 - 14));
                for (List<String> kind : kinds) {
                    insert.append(", ").append(pick(random, kind.isEmpty() ? pick(random, VALUES) : kind));
                }
                statements.add(insert.append(')').toString());
            }
        }
        return statements.toArray(String[]::new);
    }

    /** Values as an app that means what it declares would write them. */
    private static List<String> tameValues(String declaration) {
        return switch (declaration) {
            case "INTEGER", "TINYINT(1)", "BIGINT" -> VALUES.get(1);
            case "REAL", "DOUBLE PRECISION", "NUMERIC" -> VALUES.get(2);
            case "DECIMAL(8,3)" -> List.of("0", "1.5", "12345.678", "NULL");
            case "BOOLEAN" -> List.of("0", "1", "'true'", "'f'", "NULL");
            case "DATE" -> VALUES.get(6);
            case "TIME" -> VALUES.get(7);
            case "DATETIME", "TIMESTAMP" -> VALUES.get(8);
            case "JSON" -> VALUES.get(10);
            case "UUID", "GUID" -> List.of("'00112233-4455-6677-8899-aabbccddeeff'", "NULL");
            case "BLOB" -> VALUES.get(12);
            case "STRING" -> List.of("'a'", "NULL", "'abcdef'");
            default -> VALUES.get(4);
        };
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
