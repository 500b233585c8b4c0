package dev.outgrow.internal.work;

import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.CensusTaker;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the rules ask about the columns of tables that we make. */
public record ChosenCounters(TypeChooser chooser) implements CensusRun.Counters {
    @Override
    public ColumnCounter first(SqliteTable table, SourceColumn column) {
        return chooser.counterFor(column);
    }

    @Override
    public Map<String, ColumnCounter> again(SqliteTable table, TableCensus first) {
        Map<String, ColumnCounter> again = new LinkedHashMap<>();
        for (SqliteColumn column : CensusTaker.columns(table)) {
            ColumnCensus census = first.column(column.name());
            ColumnMapping chosen = chooser.choose(column.source(), census);
            chooser.recountFor(chosen, census).ifPresent(counter -> again.put(column.name(), counter));
        }
        return again;
    }
}
