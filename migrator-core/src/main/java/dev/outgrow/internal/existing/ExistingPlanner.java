package dev.outgrow.internal.existing;

import dev.outgrow.internal.existing.TablePair.ColumnPair;
import dev.outgrow.internal.plan.ColumnNotices;
import dev.outgrow.internal.plan.NoticeBook;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import dev.outgrow.validate.internal.TableExpectations;
import dev.outgrow.validate.internal.TableExpectations.ExpectedConstraint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides what the columns of tables become that exist, from their types, the declarations and the census. */
public final class ExistingPlanner {
    private final TypeChooser chooser;
    private final SequencePlanner sequences;
    private final NoticeBook notices;

    public ExistingPlanner(TypeChooser chooser, SequencePlanner sequences, NoticeBook notices) {
        this.chooser = chooser;
        this.sequences = sequences;
        this.notices = notices;
    }

    /** The plan of one table. */
    public ExistingTable plan(TablePair pair, TableCensus census) {
        List<ColumnMapping> columns = new ArrayList<>();
        Set<String> computed = new HashSet<>();
        for (ColumnPair column : pair.columns()) {
            ColumnMapping chosen = chosen(column, census);
            ColumnNotices.name(chosen, notices);
            if (column.target().generated()) {
                computed.add(column.target().name());
            }
            columns.add(chosen);
        }
        TableMapping mapping =
                new TableMapping(pair.source().name(), pair.target().name(), columns);
        return new ExistingTable(
                pair, mapping, census, computed, keyed(pair, census, computed), expectations(pair, census));
    }

    /** Whether NULL has a place in a key is for the target's own constraints to say. */
    private ColumnMapping chosen(ColumnPair column, TableCensus census) {
        ColumnMapping chosen = chooser.choose(
                column.source().source(),
                census.column(column.source().name()),
                column.target().type());
        return new ColumnMapping(
                chosen.column(),
                column.target().name(),
                chosen.mapping(),
                chosen.reason(),
                chosen.misfits().stream()
                        .filter(misfit -> misfit.kind() != Misfit.Kind.NULL_KEY)
                        .toList(),
                chosen.remarks());
    }

    private static boolean keyed(TablePair pair, TableCensus census, Set<String> computed) {
        List<String> primary =
                pair.source().primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of());
        Set<String> places = new HashSet<>();
        for (String column : primary) {
            pair.fromSource(column)
                    .filter(found ->
                            census.column(found.source().name()).nulls().count() == 0)
                    .filter(found -> !computed.contains(found.target().name()))
                    .ifPresent(found -> places.add(found.target().name()));
        }
        return !primary.isEmpty()
                && places.size() == primary.size()
                && pair.target().keys().stream()
                        .anyMatch(key -> key.predicate().isEmpty()
                                && !key.columns().isEmpty()
                                && places.equals(new HashSet<>(key.columns())));
    }

    private TableExpectations expectations(TablePair pair, TableCensus census) {
        TargetTable target = pair.target();
        List<ExpectedConstraint> constraints = new ArrayList<>();
        target.foreignKeys()
                .forEach(
                        key -> constraints.add(new ExpectedConstraint(key.name(), key.validated() && !key.disabled())));
        target.checks().forEach(check -> constraints.add(new ExpectedConstraint(check.name(), false)));
        target.columns().forEach(column -> sequences.plan(pair, column, census));
        return new TableExpectations(
                Map.of(),
                constraints,
                target.keys().stream().map(TargetTable.UniqueKey::name).toList(),
                Set.of(),
                Map.of());
    }
}
