package dev.outgrow.junit;

import dev.outgrow.plan.PlannedColumn;
import dev.outgrow.plan.PlannedTable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A column of a migration.
 *
 * @param table its table
 * @param column the column
 */
record Place(PlannedTable table, PlannedColumn column) {
    /** As messages name it. */
    @Override
    public String toString() {
        return table.name() + "." + column.name();
    }

    /** The line of Java that gives the column a rule, or several. */
    String rule(String... calls) {
        String start = ".column(" + literal(table.name()) + ", " + literal(column.name()) + ")";
        return ".typeRules(TypeRules.standard()"
                + Stream.of(calls).map(start::concat).collect(Collectors.joining()) + ")";
    }

    private static String literal(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
