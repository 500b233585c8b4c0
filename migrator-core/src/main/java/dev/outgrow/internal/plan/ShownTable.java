package dev.outgrow.internal.plan;

import dev.outgrow.plan.PlannedColumn;
import dev.outgrow.plan.PlannedTable;
import dev.outgrow.plan.PlannedTable.Parts;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.TableMapping;
import java.util.Locale;

/** A table as the plan shows it to people, regardless of who makes it in the target. */
public final class ShownTable {
    private ShownTable() {}

    /** What becomes of a table with this many rows. */
    public static PlannedTable of(TableMapping mapping, long rows, Parts parts) {
        return new PlannedTable(
                mapping.table(),
                mapping.targetName(),
                rows,
                mapping.columns().stream().map(ShownTable::column).toList(),
                parts);
    }

    private static PlannedColumn column(ColumnMapping column) {
        return new PlannedColumn(
                column.column().name(),
                column.targetName(),
                column.column().declaredType(),
                column.mapping().type().sql(),
                column.mapping()
                        .representation()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' '),
                Meaning.of(column.mapping()),
                column.years(),
                column.reason());
    }
}
