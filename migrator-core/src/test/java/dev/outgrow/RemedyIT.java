package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.Backup;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.validate.ValidationReport;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every line of Java that a misfit proposes compiles, and settles it. */
@Thorough
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class RemedyIT {
    /** A column as declared, with values of which some do not fit, each expected to be named for a reason. */
    private record Case(String reason, String declaration, List<String> values) {}

    private static Case misfit(String reason, String declaration, String... values) {
        return new Case(reason, declaration, List.of(values));
    }

    private static final List<Case> CASES = List.of(
            misfit("text in a column of integers", "INTEGER", "5", "'abc'", "''"),
            misfit("empty text in a column of integers", "INTEGER", "5", "''", "' '"),
            misfit("a blob in a column of integers", "INTEGER", "5", "x'00ff'"),
            misfit("a number with a fraction, or a double beyond 2^53", "INTEGER", "5", "1.5"),
            misfit("a number with a fraction, or a double beyond 2^53", "INTEGER", "9007199254740993", "1.5"),
            misfit("an infinite number", "INTEGER", "5", "9e999"),
            misfit("text in a column of floating point", "REAL", "1.5", "'abc'"),
            misfit("empty text in a column of floating point", "REAL", "1.5", "''"),
            misfit("a blob in a column of floating point", "REAL", "1.5", "x'00'"),
            misfit("text that is not a number", "NUMERIC", "1.5", "'1_000'"),
            misfit("text that is not a number", "DECIMAL(10,2)", "1.5", "''"),
            misfit("a blob in a column of numbers", "NUMERIC", "1.5", "x'ff'"),
            misfit("a number other than 0 and 1", "BOOLEAN", "1", "2"),
            misfit("a number other than 0 and 1", "BOOLEAN", "1", "0.5"),
            misfit("text that is not a boolean", "BOOLEAN", "1", "'maybe'"),
            misfit("text that is not a boolean", "BOOLEAN", "1", "''"),
            misfit("a blob in a column of booleans", "BOOLEAN", "1", "x'01'"),
            misfit("text with NUL in it", "TEXT", "'ab'", "CAST(x'610062' AS TEXT)"),
            misfit("text that is not valid UTF-8", "TEXT", "'ab'", "CAST(x'61ff62' AS TEXT)"),
            misfit("a blob in a column of text", "TEXT", "'ab'", "x'ff00'"),
            misfit("an integer in a column of text", "ANY", "'ab'", "1"),
            misfit("a double in a column of text", "ANY", "'ab'", "1.5"),
            misfit("a blob in a column of times", "DATETIME", "'2024-01-02'", "x'00'"),
            misfit("a number in a column of times as text", "DATETIME", "'2024-01-02'", "1700000000"),
            misfit("text that is not an ISO date or time", "DATETIME", "'2024-01-02'", "'01/02/2024'"),
            misfit("text that is not an ISO date or time", "DATE", "'2024-01-02'", "''"),
            misfit("a date or time that does not exist", "DATETIME", "'2024-01-02'", "'2024-02-30'"),
            misfit(
                    "a number in a column of times of day, of which the application alone knows the unit and the zone",
                    "TIME",
                    "44055000"),
            misfit("a time without a date", "DATETIME", "'10:11:12'"),
            misfit("a time without a date", "DATETIME", "'2024-01-02'", "'10:11:12'"),
            misfit("a number that may be a time in more than one way", "DATETIME", "20240", "0"),
            misfit("a number that may be a time in more than one way", "DATETIME", "9e999"),
            misfit(
                    "Unix milliseconds in a column of another unit",
                    "DATETIME",
                    "1700000000",
                    "1700000001",
                    "1627303906122"),
            misfit(
                    "NULL in the primary key, which SQLite allows and PostgreSQL does not",
                    "TEXT PRIMARY KEY",
                    "'a'",
                    "NULL"));

    @TempDir
    Path folder;

    @Test
    void settlesEveryMisfit(TestDatabase database) throws Exception {
        List<String> statements = new ArrayList<>();
        for (int table = 0; table < CASES.size(); table++) {
            statements.add("CREATE TABLE t" + table + "(v " + CASES.get(table).declaration() + ")");
            for (String value : CASES.get(table).values()) {
                statements.add("INSERT INTO t" + table + " VALUES (" + value + ")");
            }
        }
        Migration migration = Migrated.migration(folder, database, statements.toArray(String[]::new))
                .backup(Backup.none());
        settles(migration, database, CASES.stream().map(Case::reason).toList());
    }

    @Test
    void settlesEveryMisfitOfARule(TestDatabase database) throws Exception {
        TypeRules rules = TypeRules.standard();
        List<String> statements = new ArrayList<>();
        Map<String, PgType> types = new TreeMap<>(Map.of(
                "4", PgType.UUID,
                "soon", PgType.INTERVAL,
                "{", PgType.JSONB,
                "{\"a\":1,\"a\":2}", PgType.JSONB,
                "\"\\u0000\"", PgType.JSONB,
                "2024-01-02 03:04:05", PgType.DATE,
                "2024-01-02", PgType.TIME,
                "12.345", PgType.numeric(4, 2),
                "70000", PgType.SMALLINT));
        for (Map.Entry<String, PgType> each : types.entrySet()) {
            String table = "t" + statements.size();
            statements.add("CREATE TABLE " + table + " AS SELECT '" + each.getKey() + "' AS v");
            rules = rules.column(table, "v").as(each.getValue());
        }
        statements.add("CREATE TABLE n AS SELECT 90 AS v");
        rules = rules.column("n", "v").as(PgType.INTERVAL);
        statements.add("CREATE TABLE far AS SELECT 9223372036854775807 AS v");
        rules = rules.column("far", "v").as(PgType.TIMESTAMPTZ, Representation.UNIX_SECONDS);
        settles(
                Migrated.migration(folder, database, statements.toArray(String[]::new))
                        .backup(Backup.none())
                        .typeRules(rules),
                database,
                List.of());
    }

    private void settles(Migration migration, TestDatabase database, List<String> reasons) throws Exception {
        List<Notice> misfits = migration.plan().blockers();
        assertThat(misfits).extracting(Notice::kind).containsOnly("misfit");
        Map<String, List<String>> found = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        for (Notice misfit : misfits) {
            found.computeIfAbsent(table(misfit), table -> new ArrayList<>()).add(reason(misfit));
            lines.addAll(lines(misfit));
        }
        if (reasons.isEmpty()) {
            assertThat(found).hasSize(migration.plan().tables().size());
        }
        for (int table = 0; table < reasons.size(); table++) {
            assertThat(found.get("t" + table)).as("%s", CASES.get(table)).contains(reasons.get(table));
        }
        List<UnaryOperator<Migration>> remedies = compiled(lines);
        int next = 0;
        for (Notice misfit : misfits) {
            boolean first = true;
            for (String line : lines(misfit)) {
                Migration settled = remedies.get(next++).apply(migration.only(table(misfit)));
                assertThat(settled.plan().blockers())
                        .as("%s %s", misfit, line)
                        .noneMatch(left -> reason(left).equals(reason(misfit)));
                if (first && settled.plan().blockers().isEmpty()) {
                    first = false;
                    assertThat(settled.run().validation().map(ValidationReport::passed))
                            .as("%s %s", misfit, line)
                            .contains(true);
                    database.execute("DROP TABLE " + table(misfit), "DROP SCHEMA outgrow CASCADE");
                }
            }
            assertThat(first).as("%s is settled by none", misfit).isFalse();
        }
    }

    private static String table(Notice misfit) {
        return misfit.subject().replaceFirst("\\..*", "");
    }

    private static String reason(Notice misfit) {
        return misfit.message().replaceFirst("^[^:]*: ", "").replaceFirst("\\.$", "");
    }

    private static List<String> lines(Notice misfit) {
        assertThat(misfit.remedy()).as("%s", misfit).startsWith(".");
        return List.of(misfit.remedy().split(" or (?=\\.)"));
    }

    /** The lines as they would stand in an app: behind a migration, with the imports that an editor adds. */
    private List<UnaryOperator<Migration>> compiled(List<String> lines) throws Exception {
        String methods = lines.stream()
                .map(line -> "            migration -> migration" + line)
                .collect(Collectors.joining(",\n"));
        Path source = folder.resolve("Remedies.java");
        Files.writeString(source, """
                import dev.outgrow.Migration;
                import dev.outgrow.typemap.Conventions;
                import dev.outgrow.typemap.Epoch;
                import dev.outgrow.typemap.MisfitPolicy;
                import dev.outgrow.typemap.PgType;
                import dev.outgrow.typemap.Representation;
                import dev.outgrow.typemap.TypeRules;
                import java.time.Instant;
                import java.time.ZoneId;
                import java.time.temporal.ChronoUnit;
                import java.util.List;
                import java.util.Map;
                import java.util.function.Supplier;
                import java.util.function.UnaryOperator;

                public final class Remedies implements Supplier<List<UnaryOperator<Migration>>> {
                    public List<UnaryOperator<Migration>> get() {
                        return List.of(
                %s);
                    }
                }
                """.formatted(methods));
        String classPath = Stream.of(Migration.class, PgType.class, ValidationReport.class)
                .map(each -> Path.of(uri(each)).toString())
                .distinct()
                .collect(Collectors.joining(System.getProperty("path.separator")));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, source.toString());
        assertThat(status).as(methods).isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, Migration.class.getClassLoader())) {
            @SuppressWarnings("unchecked")
            var made = (Supplier<List<UnaryOperator<Migration>>>)
                    loader.loadClass("Remedies").getConstructor().newInstance();
            return made.get();
        }
    }

    private static URI uri(Class<?> type) {
        try {
            return type.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
