package dev.outgrow.junit;

import dev.outgrow.plan.PlannedColumn;
import dev.outgrow.plan.PlannedTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tables and columns of a migration by the names that a test gives them: those of SQLite or PostgreSQL, in any case. */
final class PlannedNames {
    private PlannedNames() {}

    static Optional<PlannedTable> table(List<PlannedTable> tables, String name) {
        return named(tables, name, PlannedTable::name, PlannedTable::targetName);
    }

    static Optional<PlannedColumn> column(PlannedTable table, String name) {
        return named(table.columns(), name, PlannedColumn::name, PlannedColumn::targetName);
    }

    /** The column that {@code table.column} names, which is how notices and comparisons write it. */
    static Optional<Place> place(List<PlannedTable> tables, String qualified) {
        for (PlannedTable table : tables) {
            for (PlannedColumn column : table.columns()) {
                if (qualified.equals(table.name() + "." + column.name())) {
                    return Optional.of(new Place(table, column));
                }
            }
        }
        return Optional.empty();
    }

    private static <T> Optional<T> named(
            List<T> all, String name, Function<T, String> inSource, Function<T, String> inTarget) {
        return all.stream()
                .filter(each -> inSource.apply(each).equals(name))
                .findFirst()
                .or(() -> all.stream()
                        .filter(each -> inSource.apply(each).equalsIgnoreCase(name))
                        .findFirst())
                .or(() -> all.stream()
                        .filter(each -> inTarget.apply(each).equals(name))
                        .findFirst());
    }
}
