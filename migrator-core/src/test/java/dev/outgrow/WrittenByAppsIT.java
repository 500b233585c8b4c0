package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.plan.Notice;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.validate.NotCompared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Values as frameworks and people write them: each arrives exactly, or is named as a misfit. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class WrittenByAppsIT {
    /** What PostgreSQL shows of the value; empty where it is a misfit. */
    private record Written(String declaration, String value, Optional<String> arrived) {}

    private static Written arrives(String declaration, String value, String arrived) {
        return new Written(declaration, value, Optional.of(arrived));
    }

    private static Written misfit(String declaration, String value) {
        return new Written(declaration, value, Optional.empty());
    }

    private static final List<Written> VALUES = List.of(
            arrives("datetime(6)", "'2024-01-02 03:04:05.123456'", "2024-01-02 03:04:05.123456"),
            arrives("decimal(10, 2)", "12.5", "12.50"),
            arrives("decimal", "'-0'", "0"),
            arrives("char(32)", "'00112233445566778899aabbccddeeff'", "00112233445566778899aabbccddeeff"),
            arrives("TEXT", "'0011223A-4455-6677-8899-AABBCCDDEEFF'", "0011223A-4455-6677-8899-AABBCCDDEEFF"),
            arrives("TEXT", "'1234.50'", "1234.50"),
            arrives("INTEGER", "638400000000000000", "638400000000000000"),
            arrives("INTEGER", "13348713600000000", "13348713600000000"),
            arrives("BOOLEAN", "'Y'", "t"),
            arrives("bool", "'n'", "f"),
            arrives("REAL", "9007199254740993", "9.007199254740992e+15"),
            arrives("DATETIME", "1704164645.5", "2024-01-02 03:04:05.5+00"),
            arrives("timestamp", "'2024-01-02 03:04:05.123456 +0000 UTC'", "2024-01-02 03:04:05.123456+00"),
            arrives("date", "'0000-01-01'", "0001-01-01 BC"),
            arrives("date", "'9999-12-31'", "9999-12-31"),
            arrives("jsonb", "jsonb('{\"a\":1}')", "\\x4c17611331"),
            arrives("datetime", "'2024-01-02 03:04:05.1 +0000 UTC m=+0.1'", "2024-01-02 03:04:05.1+00"),
            misfit("datetime", "638400000000000000"),
            misfit("date", "45292"),
            misfit("time", "'24:00:00'"),
            misfit("time", "'23:59:60'"),
            misfit("date", "'0000-00-00'"),
            misfit("date", "'10000-01-01'"),
            misfit("date", "'-0044-03-15'"),
            misfit("date", "'2024-1-2'"),
            misfit("datetime", "'01/02/2024'"),
            misfit("numeric", "'1_000'"),
            misfit("numeric", "'0x10'"),
            misfit("numeric", "'1,5'"),
            arrives("real", "'NaN'", "NaN"),
            misfit("integer", "'12 345'"));

    @TempDir
    Path folder;

    @Test
    void arriveOrAreNamed(TestDatabase database) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < VALUES.size(); i++) {
            statements.add("CREATE TABLE t" + i + "(v " + VALUES.get(i).declaration() + ")");
            statements.add("INSERT INTO t" + i + " VALUES (" + VALUES.get(i).value() + ")");
        }
        Migration migration = Migrated.migration(folder, database, statements.toArray(String[]::new));
        assertThat(migration.plan().blockers())
                .extracting(Notice::id)
                .containsExactlyInAnyOrderElementsOf(numbers(false).stream()
                        .map(number -> "misfit:t" + number + ".v")
                        .toList());
        migration
                .only(numbers(true).stream().map(number -> "t" + number).toArray(String[]::new))
                .run();
        for (int number : numbers(true)) {
            Written written = VALUES.get(number);
            assertThat(database.value("SELECT v"
                            + (written.arrived().orElseThrow().endsWith("+00") ? " AT TIME ZONE 'UTC' || '+00'" : "")
                            + " FROM t" + number))
                    .as("%s", written)
                    .isEqualTo(written.arrived().orElseThrow());
        }
    }

    private static List<Integer> numbers(boolean arriving) {
        return IntStream.range(0, VALUES.size())
                .filter(number -> VALUES.get(number).arrived().isPresent() == arriving)
                .boxed()
                .toList();
    }

    @Test
    void theReportCountsWhatIsWrittenOtherwiseAndSaysWhatIsNotCompared(TestDatabase database) {
        Migration migration = Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(d DATETIME, u UUID, b BOOLEAN, one_way TEXT, s TEXT)",
                        "INSERT INTO t VALUES ('2024-01-02T03:04:05', '00112233-4455-6677-8899-AABBCCDDEEFF', 'yes',"
                                + " 'a', 'x'), ('2024-01-02 03:04:05', NULL, 1, 'b', 'y'), ('2024-01-02', NULL, 'f', NULL,"
                                + " NULL)")
                .typeRules(TypeRules.standard()
                        .column("t", "one_way")
                        .convertedBy(PgType.TEXT, value -> value + "!")
                        .column("t", "typo")
                        .unixSeconds());
        assertThat(migration.plan().notices())
                .extracting(Notice::id)
                .anyMatch(id -> id.startsWith("rule:column t.typo"));
        MigrationReport report = migration.run();
        var validation = report.validation().orElseThrow();
        assertThat(validation.tables().get(0).normalised()).isEqualTo(Map.of("d", 2L, "u", 1L, "b", 2L));
        assertThat(validation.notCompared()).extracting(NotCompared::subject).contains("t.one_way");
        assertThat(new TreeSet<>(database.rows("SELECT one_way FROM t WHERE one_way IS NOT NULL").stream()
                        .map(row -> String.valueOf(row.get(0)))
                        .toList()))
                .containsExactly("a!", "b!");
    }
}
