package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.RandomDatabase.Column;
import dev.outgrow.RandomDatabase.Table;
import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.PlannedColumn;
import dev.outgrow.plan.PlannedTable;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.validate.ValidationReport;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any value in any column: either the plan names a misfit, or every value arrives; and with {@link MisfitPolicy#WIDEN} every
 * value arrives but where a rule says what the column is. What arrived is held against PostgreSQL's own reading of the
 * source's values, beside the library's validation. The system property {@code migrator.test.rounds} says how many databases
 * are made (12 by default), {@code migrator.test.seed} which is the first.
 */
@Thorough
@ExtendWith(TestPostgres.class)
class RandomMigrationIT {
    @TempDir
    Path folder;

    private int values;

    @Test
    void namesAMisfitOrCarriesEveryValue(TestDatabase database) throws Exception {
        long first = Long.getLong("migrator.test.seed", 20240102);
        int rounds = Integer.getInteger("migrator.test.rounds", 12);
        int strict = 0;
        int wide = 0;
        List<String> failures = new ArrayList<>();
        for (long seed = first; seed < first + rounds; seed++) {
            RandomDatabase source = RandomDatabase.of(seed);
            Path file = source.write(folder.resolve(seed + ".db"));
            for (MisfitPolicy policy : MisfitPolicy.values()) {
                try {
                    boolean migrated = migrated(source, file, database, policy);
                    strict += migrated && policy == MisfitPolicy.FAIL ? 1 : 0;
                    wide += migrated && policy == MisfitPolicy.WIDEN ? 1 : 0;
                } catch (RuntimeException | AssertionError e) {
                    failures.add("seed " + seed + ", " + policy + ": " + e);
                }
                database.execute("DROP SCHEMA IF EXISTS target CASCADE", "DROP SCHEMA IF EXISTS outgrow CASCADE");
            }
            Files.delete(file);
        }
        assertThat(failures).isEmpty();
        assertThat(strict).isGreaterThan(rounds / 3);
        assertThat(wide).isGreaterThan(rounds / 3);
        assertThat(values).isGreaterThan(rounds * 20);
    }

    /** Whether it was migrated; where not, the plan named misfits. */
    private boolean migrated(RandomDatabase source, Path file, TestDatabase database, MisfitPolicy policy)
            throws SQLException {
        Migration migration = Migration.from(file)
                .to(database.dataSource())
                .into(TargetSchema.created("target"))
                .backup(Backup.none())
                .typeRules(source.rules())
                .onMisfit(policy)
                .accept("normalised:*", "zone:*", "unit:*", "converter:*", "rollover:*")
                .accept("precision:*", "misfit:*", "primarykey:*", "generated:*", "notnull:*", "identity:*");
        MigrationPlan plan = migration.plan();
        if (!plan.blockers().isEmpty()) {
            Set<String> ruled = source.tables().stream()
                    .flatMap(table -> table.columns().stream()
                            .filter(column -> column.rule().type() != null
                                    || column.rule().is("blank"))
                            .map(column -> table.name() + "." + column.name()))
                    .collect(Collectors.toSet());
            assertThat(plan.blockers())
                    .allSatisfy(notice -> assertThat(notice.kind()).isIn("misfit", "unique"))
                    .allSatisfy(notice -> assertThat(notice.keys()).isNotEmpty())
                    .allSatisfy(notice -> assertThat(notice.remedy()).isNotEmpty());
            if (policy == MisfitPolicy.WIDEN) {
                assertThat(plan.blockers())
                        .filteredOn(notice -> notice.kind().equals("misfit"))
                        .extracting(notice -> notice.subject().replaceFirst("#\\d+$", ""))
                        .isSubsetOf(ruled);
            }
            String[] sound = source.tables().stream()
                    .map(Table::name)
                    .filter(table -> plan.blockers().stream()
                            .noneMatch(notice -> notice.subject().startsWith(table + ".")))
                    .toArray(String[]::new);
            migration = migration.only(sound);
            if (sound.length == 0 || !migration.plan().blockers().isEmpty()) {
                return false;
            }
        }
        MigrationReport report = migration.run();
        assertThat(report.validation().map(ValidationReport::passed)).contains(true);
        compare(source, migration.plan(), file, database);
        return true;
    }

    private void compare(RandomDatabase source, MigrationPlan plan, Path file, TestDatabase database)
            throws SQLException {
        Map<String, PlannedTable> planned =
                plan.tables().stream().collect(Collectors.toMap(PlannedTable::name, Function.identity()));
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement read = sqlite.createStatement();
                Connection postgres = database.connect();
                Statement ask = postgres.createStatement()) {
            ask.execute("SET TIME ZONE 'UTC'");
            Charset encoding;
            try (ResultSet pragma = read.executeQuery("PRAGMA encoding")) {
                encoding = Charset.forName(pragma.getString(1).toUpperCase(Locale.ROOT));
            }
            for (Table table : source.tables()) {
                PlannedTable target = planned.get(table.name());
                if (target == null) {
                    continue;
                }
                for (Column column : table.columns()) {
                    PlannedColumn into = target.columns().stream()
                            .filter(each -> each.name().equals(column.name()))
                            .findFirst()
                            .orElseThrow();
                    compare(table, column, new ArrivedValues(column, into, encoding), into, read, ask);
                }
            }
        }
    }

    private void compare(
            Table table, Column column, ArrivedValues arrived, PlannedColumn into, Statement read, Statement ask)
            throws SQLException {
        String name = RandomDatabase.quoted(column.name());
        List<String> conditions = new ArrayList<>();
        try (ResultSet rows = read.executeQuery("SELECT \"row\", typeof(" + name + "), " + name + ", CAST(" + name
                + " AS BLOB), CAST(" + name + " AS TEXT) FROM " + RandomDatabase.quoted(table.name()))) {
            while (rows.next()) {
                Object value = value(rows);
                conditions.add("count(*) FILTER (WHERE \"row\" = " + rows.getLong(1) + " AND "
                        + arrived.condition(value, rows.getString(5)) + ")");
            }
        }
        if (conditions.isEmpty()) {
            return;
        }
        String query =
                "SELECT " + String.join(",\n", conditions) + " FROM target." + RandomDatabase.quoted(table.name());
        try (ResultSet found = ask.executeQuery(query)) {
            found.next();
            for (int i = 0; i < conditions.size(); i++) {
                values++;
                assertThat(found.getInt(i + 1))
                        .as(
                                "%s.%s declared %s with %s became %s: %s",
                                table.name(),
                                column.name(),
                                column.declaration(),
                                column.rule(),
                                into,
                                conditions.get(i))
                        .isEqualTo(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(into + " " + query, e);
        }
    }

    private static @Nullable Object value(ResultSet rows) throws SQLException {
        return switch (rows.getString(2)) {
            case "null" -> null;
            case "integer" -> rows.getLong(3);
            case "real" -> rows.getDouble(3);
            case "text" -> ByteBuffer.wrap(bytes(rows));
            case "blob" -> bytes(rows);
            default -> throw new AssertionError("a storage class that was not foreseen");
        };
    }

    private static byte[] bytes(ResultSet rows) throws SQLException {
        byte[] bytes = rows.getBytes(4);
        return bytes == null ? new byte[0] : bytes;
    }
}
