package dev.outgrow.validate.internal;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.decode.ValueProof;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.validate.Difference;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Merges the rows of one range of a table, read from both databases in the order of the key. Used once, by one thread: if
 * each processor has a range of its own, another thread that reads either database ahead makes it no faster. If there is one
 * session alone, {@link SharedComparison} has several of these.
 */
final class RangeComparison {
    private static final int ROWS_BETWEEN_REPORTS = 4096;

    private final TableReading plan;
    private final String sourceQuery;
    private final String targetQuery;
    private final boolean byIndex;
    private final TableFindings tally;
    private final ValidationProgress progress;
    private final ValueProof[] proofs;
    private final KeyOrder key;
    private final long[] normalised;
    private long sourceRows;
    private long targetRows;
    private long pairs;
    private long reportedRows;

    RangeComparison(TableReading plan, KeyRange range, TableFindings tally, ValidationProgress progress) {
        this(plan, plan.sourceQuery(range), plan.targetQuery(range), plan.isCopiedInOrder(), tally, progress);
    }

    /** Of the rows that two queries give, both in the order of the key. */
    RangeComparison(
            TableReading plan,
            String sourceQuery,
            String targetQuery,
            boolean byIndex,
            TableFindings tally,
            ValidationProgress progress) {
        this.plan = plan;
        this.sourceQuery = sourceQuery;
        this.targetQuery = targetQuery;
        this.byIndex = byIndex;
        this.tally = tally;
        this.progress = progress;
        this.proofs = plan.newProofs();
        this.key = plan.newKeyOrder();
        this.normalised = new long[proofs.length];
    }

    /**
     * Compares the range.
     *
     * @throws UnorderedKeyException if the rows cannot be merged; then nothing counted so far is valid
     */
    void run(Lane lane) throws SQLException, InterruptedException, UnorderedKeyException {
        if (tally.stopped()) {
            return;
        }
        long start = System.nanoTime();
        Connection postgres = lane.postgres();
        boolean whole = false;
        lane.ready(byIndex);
        try (SourceRows source = SourceRows.of(lane.sqlite(), sourceQuery);
                TargetRows target = TargetRows.of(postgres, targetQuery, proofs.length)) {
            whole = part(source, target);
        } catch (OutOfMemoryError e) {
            // The driver has lost its position in the server's messages, and would wait for the rest forever.
            postgres.abort(Runnable::run);
            throw e;
        } finally {
            if (!whole) {
                lane.takeBack();
            }
        }
        end();
        tally.worked(System.nanoTime() - start);
    }

    /**
     * Compares a part of the range, after those with smaller keys.
     *
     * @return false if not all of its rows were wanted
     * @throws UnorderedKeyException as {@link #run}
     */
    boolean part(SourceRows source, RowFields target) throws SQLException, InterruptedException, UnorderedKeyException {
        boolean whole = merge(source, target);
        tell(target);
        return whole;
    }

    /** Counts what was compared, once all parts are. */
    void end() {
        tally.read(sourceRows, targetRows, pairs * proofs.length);
        tally.normalised(normalised);
    }

    /** Merges the rows; false if not all of them were wanted. */
    private boolean merge(SourceRows source, RowFields target)
            throws SQLException, InterruptedException, UnorderedKeyException {
        ValueSlot[] slots = source.slots();
        boolean inSource = next(source);
        boolean inTarget = next(target);
        while (inSource || inTarget) {
            int order = !inTarget ? -1 : !inSource ? 1 : key.compare(slots, target);
            if (order == 0) {
                compare(slots, target);
                inSource = next(source);
                inTarget = next(target);
            } else if (order < 0) {
                tally.differs(key(slots), Difference.Kind.ROW_MISSING);
                inSource = next(source);
            } else {
                tally.onlyInTarget(key(target));
                inTarget = next(target);
            }
            if (((sourceRows + targetRows) & (ROWS_BETWEEN_REPORTS - 1)) <= 1) {
                report(target);
                if (tally.stopped()) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean next(SourceRows source) throws SQLException, UnorderedKeyException {
        boolean there = source.next();
        if (there) {
            sourceRows++;
            key.watch(source.slots());
        }
        return there;
    }

    private boolean next(RowFields target) throws SQLException {
        boolean there = target.next();
        targetRows += there ? 1 : 0;
        return there;
    }

    private void report(RowFields target) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        tell(target);
    }

    private void tell(RowFields target) {
        progress.compared(plan.name(), sourceRows - reportedRows, target.takeReceived());
        reportedRows = sourceRows;
    }

    private void compare(ValueSlot[] source, RowFields target) {
        pairs++;
        byte[] bytes = target.bytes();
        for (int i = 0; i < proofs.length; i++) {
            ValueProof.Outcome outcome = proofs[i].compare(source[i], bytes, target.offset(i), target.length(i));
            if (outcome == ValueProof.Outcome.NORMALISED) {
                normalised[i]++;
            } else if (outcome == ValueProof.Outcome.DIFFERENT) {
                tally.differs(key(source), i, kind(source[i], target.length(i)));
            }
        }
    }

    private static Difference.Kind kind(ValueSlot source, int targetLength) {
        if (targetLength < 0) {
            return Difference.Kind.NULL_IN_TARGET;
        }
        return source.storageClass() == StorageClass.NULL ? Difference.Kind.NULL_IN_SOURCE : Difference.Kind.VALUE;
    }

    private String key(ValueSlot[] row) {
        KeyLabel text = new KeyLabel();
        plan.keyIndexes().forEach(index -> text.and(plan.columnName(index), row[index]));
        return text.toString();
    }

    private String key(RowFields row) {
        ValueSlot slot = new ValueSlot();
        KeyLabel text = new KeyLabel();
        for (int index : plan.keyIndexes()) {
            proofs[index].writeBack(row.bytes(), row.offset(index), row.length(index), slot);
            text.and(plan.columnName(index), slot);
        }
        return text.toString();
    }
}
