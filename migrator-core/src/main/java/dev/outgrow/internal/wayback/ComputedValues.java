package dev.outgrow.internal.wayback;

import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.validate.Difference;
import dev.outgrow.validate.TableComparison;
import dev.outgrow.validate.ValidationReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Columns that SQLite computes: nothing can be written there, so PostgreSQL must have what SQLite computes. */
final class ComputedValues {
    private ComputedValues() {}

    /** Names those that differ, if nothing else does: any other difference is a mistake of the way back. */
    static void name(List<ChangedTable> tables, ValidationReport validation, Obstacles obstacles) {
        Map<String, ChangedTable> byName =
                tables.stream().collect(Collectors.toMap(ChangedTable::name, table -> table));
        if (!validation.schemaFindings().isEmpty()
                || !validation.differences().stream().allMatch(difference -> isComputed(byName, difference))) {
            return;
        }
        for (TableComparison table : validation.tables()) {
            Map<String, List<Difference>> columns = table.differences().stream()
                    .collect(Collectors.groupingBy(
                            difference -> difference.column().orElseThrow(), TreeMap::new, Collectors.toList()));
            boolean more = table.differenceCount() > table.differences().size() || table.stoppedEarly();
            columns.forEach((column, found) -> obstacles.refuse(
                    NoticeKind.WAY_BACK.id(table.table(), column),
                    (more ? "more than " : "") + found.size() + (found.size() == 1 && !more ? " row has" : " rows have")
                            + " another value in " + table.table() + "." + column
                            + " than SQLite computes for it. Give the column what SQLite computes, in PostgreSQL.",
                    found.size(),
                    found.stream().map(Difference::key).limit(5).toList()));
        }
    }

    private static boolean isComputed(Map<String, ChangedTable> byName, Difference difference) {
        ChangedTable table = byName.get(difference.table());
        Optional<String> column = difference.column();
        return table != null
                && column.isPresent()
                && table.table()
                        .source()
                        .column(column.get())
                        .flatMap(SqliteColumn::generation)
                        .isPresent();
    }
}
