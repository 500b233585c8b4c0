package dev.outgrow.internal.existing;

import dev.outgrow.internal.existing.TablePair.ColumnPair;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.work.CensusRun;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts the values of columns that have a counterpart in the target: each value is tried on the counterpart's type. */
record PairCounters(Map<String, TablePair> bySource, TypeChooser chooser) implements CensusRun.Counters {
    static PairCounters of(List<TablePair> pairs, TypeChooser chooser) {
        Map<String, TablePair> bySource = new HashMap<>();
        pairs.forEach(pair -> bySource.put(pair.source().name(), pair));
        return new PairCounters(bySource, chooser);
    }

    @Override
    public ColumnCounter first(SqliteTable table, SourceColumn column) {
        return pair(table)
                .fromSource(column.name())
                .map(pair -> chooser.counterFor(column, type(pair)))
                .orElseGet(() -> chooser.counterFor(column));
    }

    /** Once more for the columns for which a rule decided by the census. */
    @Override
    public Map<String, ColumnCounter> again(SqliteTable table, TableCensus census) {
        Map<String, ColumnCounter> again = new LinkedHashMap<>();
        for (ColumnPair pair : pair(table).columns()) {
            ColumnCensus first = census.column(pair.source().name());
            chooser.recountFor(chooser.choose(pair.source().source(), first, type(pair)), first, type(pair))
                    .ifPresent(counter -> again.put(pair.source().name(), counter));
        }
        return again;
    }

    private TablePair pair(SqliteTable table) {
        return Objects.requireNonNull(bySource.get(table.name()));
    }

    private static PgType type(ColumnPair pair) {
        return pair.target().type();
    }
}
