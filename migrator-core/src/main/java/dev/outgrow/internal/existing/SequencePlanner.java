package dev.outgrow.internal.existing;

import dev.outgrow.internal.existing.TablePair.ColumnPair;
import dev.outgrow.internal.postgres.existing.TargetCatalog;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetSequence;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides where the sequences of the target go on: a whole step after the greatest value that exists or ever existed,
 * and never before their present position. A whole step, not one, since applications that draw blocks of values
 * (Hibernate's pooled optimizers) count back from the value they draw.
 */
public final class SequencePlanner {
    private final Catalog catalog;
    private final Shape shape;
    private final Map<String, TargetSequence> sequences = new LinkedHashMap<>();
    private final Map<String, SequenceMove> moves = new LinkedHashMap<>();

    public SequencePlanner(Catalog catalog, TargetCatalog target, Shape shape) {
        this.catalog = catalog;
        this.shape = shape;
        target.sequences().forEach(sequence -> sequences.put(sequence.sqlName(), sequence));
    }

    /** Moves the sequence that fills a column, if there is one, past the column's values, and one that only belongs to it. */
    void plan(TablePair pair, TargetColumn column, TableCensus census) {
        plan(column.sequence(), pair, column, census);
        plan(column.idleSequence(), pair, column, census);
    }

    private void plan(Optional<String> name, TablePair pair, TargetColumn column, TableCensus census) {
        name.map(sequences::get)
                .filter(TargetSequence::altering)
                .ifPresent(sequence -> plan(sequence, pair, column, census));
    }

    /** Moves a sequence past the values of a column that is known to be filled from it. */
    void plan(TargetSequence sequence, TablePair pair, TargetColumn column, TableCensus census) {
        if (pair.toTarget(column.name()).isPresent()) {
            behind(sequence, greatest(pair, column, census));
        }
    }

    /** Whether a sequence may be altered, counts upwards, and has values behind those of a column. */
    boolean holds(TargetSequence sequence, TablePair pair, TargetColumn column, TableCensus census) {
        return sequence.altering()
                && sequence.increment() > 0
                && greatest(pair, column, census).orElse(0) <= sequence.most() - sequence.increment();
    }

    /** The greatest value of a column that exists or ever existed, or that is in rows of the target that stay. */
    private OptionalLong greatest(TablePair pair, TargetColumn column, TableCensus census) {
        OptionalLong kept = shape.keptGreatest(pair.target().name(), column.name());
        Optional<SqliteColumn> source = pair.toTarget(column.name()).map(ColumnPair::source);
        if (source.isEmpty()) {
            return kept;
        }
        OptionalLong greatest = census.column(source.get().name()).ranges().largestInteger();
        if (source.get().source().rowidAlias()) {
            greatest = greater(greatest, catalog.sequence(pair.source().name()));
        }
        return greater(greatest, kept);
    }

    /** Moves a sequence past the values of a table that counted for it. */
    public void plan(SqliteTable counter, TargetSequence sequence, long greatest) {
        behind(sequence, greater(OptionalLong.of(greatest), catalog.sequence(counter.name())));
    }

    private void behind(TargetSequence sequence, OptionalLong greatest) {
        SequenceMove before = moves.get(sequence.sqlName());
        long next = before == null ? sequence.next() : before.next();
        boolean exhausted = before != null && before.exhausted();
        if (greatest.isPresent()
                && sequence.increment() > 0
                && greatest.getAsLong() >= next - sequence.increment() + 1) {
            long most = sequence.most() - sequence.increment();
            exhausted = greatest.getAsLong() > most;
            next = Math.max(next, exhausted ? sequence.most() : greatest.getAsLong() + sequence.increment());
        }
        moves.put(sequence.sqlName(), new SequenceMove(sequence.sqlName(), next, exhausted));
    }

    private static OptionalLong greater(OptionalLong first, OptionalLong second) {
        return first.isEmpty() || (second.isPresent() && second.getAsLong() > first.getAsLong()) ? second : first;
    }

    /** The sequences that must be moved. */
    public List<SequenceMove> moves() {
        return moves.values().stream()
                .filter(move -> move.exhausted() || move.next() != standing(move))
                .toList();
    }

    /** Where all sequences that fill a column must stand afterwards, including those that are not moved. */
    public List<SequenceMove> positions() {
        return List.copyOf(moves.values());
    }

    private long standing(SequenceMove move) {
        TargetSequence sequence = sequences.get(move.sqlName());
        return sequence == null ? 0 : sequence.next();
    }
}
