package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.plan.PlannedTable;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.TypeRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The README's table of types is what the plan makes of such columns. */
@ExtendWith(TestPostgres.class)
class TypeTableIT {
    private static final Pattern TABLE =
            Pattern.compile("\\| declared \\| values \\| PostgreSQL \\|\n\\|[-|]+\n((?:\\|.*\\|\n)+)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`|nothing at all");

    @TempDir
    Path folder;

    /** A row of the table, for one of the declared types in it. */
    private record Line(String declared, List<String> values, String type) {}

    @Test
    void saysWhatThePlanSays(TestDatabase database) throws IOException {
        List<Line> lines = lines();
        assertThat(lines).hasSizeGreaterThan(30);
        List<String> statements = new ArrayList<>();
        for (int table = 0; table < lines.size(); table++) {
            Line line = lines.get(table);
            statements.add("CREATE TABLE t" + table + "(v " + line.declared() + ")");
            for (String value : line.values()) {
                statements.add("INSERT INTO t" + table + " VALUES (" + value + ")");
            }
        }
        Migration migration = Migrated.migration(folder, database, statements.toArray(String[]::new))
                .typeRules(TypeRules.standard().everyColumn().naiveTimesIn(ZoneOffset.UTC));
        assertThat(migration.plan().blockers()).isEmpty();
        Map<String, String> types = migration.plan().tables().stream()
                .collect(Collectors.toUnmodifiableMap(
                        PlannedTable::name, table -> table.columns().get(0).type()));
        List<Line> planned = new ArrayList<>();
        for (int table = 0; table < lines.size(); table++) {
            Line line = lines.get(table);
            planned.add(new Line(line.declared(), line.values(), String.valueOf(types.get("t" + table))));
        }
        assertThat(planned).isEqualTo(lines);
    }

    private static List<Line> lines() throws IOException {
        Path readme = Path.of(System.getProperty("migrator.root", ".."), "README.md");
        List<Line> lines = new ArrayList<>();
        TABLE.matcher(Files.readString(readme))
                .results()
                .flatMap((MatchResult table) -> table.group(1).lines())
                .forEach(row -> {
                    String[] cells = row.split(" \\| |^\\| | \\|$", -1);
                    for (String declared : codes(cells[1])) {
                        lines.add(new Line(
                                declared, codes(cells[2]), codes(cells[3]).get(0)));
                    }
                });
        return lines;
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell)
                .results()
                .map((MatchResult code) -> code.group(1) == null ? "" : code.group(1))
                .toList();
    }
}
