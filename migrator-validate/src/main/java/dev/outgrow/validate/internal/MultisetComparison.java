package dev.outgrow.validate.internal;

import dev.outgrow.typemap.internal.decode.ValueProof;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares two tables as multisets of rows: one without a key, or one whose key the two databases order differently.
 * Each side is read once, in no order, by any thread; if they differ, the rows of the affected buckets are read again
 * and matched.
 */
final class MultisetComparison {
    private static final int ROWS_BETWEEN_REPORTS = 4096;
    private static final String WITHOUT_PLACE = "a row without a key";
    private static final long MOST_MARK_BYTES = 8L << 20;

    private final TableReading plan;
    private final TableFindings tally;
    private final ValidationProgress progress;
    private @Nullable RowBuckets source;
    private @Nullable RowBuckets target;

    MultisetComparison(TableReading plan, TableFindings tally, ValidationProgress progress) {
        this.plan = plan;
        this.tally = tally;
        this.progress = progress;
    }

    /** Receives each row of one side. */
    @FunctionalInterface
    private interface Visitor {
        void row(RowDigest digest, String place);
    }

    void readSource(Lane lane) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        RowBuckets buckets = new RowBuckets();
        long[] normalised = new long[plan.columns().size()];
        visitSource(lane, normalised, null, (digest, place) -> buckets.add(digest));
        tally.read(buckets.rows(), 0, 0);
        tally.normalised(normalised);
        tally.worked(System.nanoTime() - start);
        finish(lane, buckets, null);
    }

    void readTarget(Lane lane) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        RowBuckets buckets = new RowBuckets();
        visitTarget(lane, null, (digest, place) -> buckets.add(digest));
        tally.read(0, buckets.rows(), 0);
        tally.worked(System.nanoTime() - start);
        finish(lane, null, buckets);
    }

    /** The thread that finishes the second side compares the two. */
    private void finish(Lane lane, @Nullable RowBuckets ofSource, @Nullable RowBuckets ofTarget)
            throws SQLException, InterruptedException {
        RowBuckets before;
        RowBuckets after;
        synchronized (this) {
            source = ofSource == null ? source : ofSource;
            target = ofTarget == null ? target : ofTarget;
            before = source;
            after = target;
            if (before == null || after == null) {
                return;
            }
        }
        tally.read(0, 0, Math.min(before.rows(), after.rows()) * plan.columns().size());
        BitSet differing = before.differing(after);
        if (!differing.isEmpty()) {
            long start = System.nanoTime();
            match(lane, before, after, differing);
            tally.worked(System.nanoTime() - start);
        }
    }

    private void match(Lane lane, RowBuckets before, RowBuckets after, BitSet differing)
            throws SQLException, InterruptedException {
        long most = MOST_MARK_BYTES / (8L * plan.columns().size() + 200);
        BitSet chosen = new BitSet();
        long rows = 0;
        long left = 0;
        long leftRows = 0;
        for (int i = differing.nextSetBit(0); i >= 0; i = differing.nextSetBit(i + 1)) {
            long inBucket = before.count(i) + after.count(i);
            if (rows + inBucket <= most) {
                chosen.set(i);
                rows += inBucket;
            } else {
                left += Math.max(1, Math.abs(before.count(i) - after.count(i)));
                leftRows += inBucket;
            }
        }
        List<RowMark> ofSource = new ArrayList<>();
        visitSource(
                lane,
                new long[plan.columns().size()],
                chosen,
                (digest, place) -> ofSource.add(new RowMark(digest, place)));
        List<RowMark> ofTarget = new ArrayList<>();
        visitTarget(lane, chosen, (digest, place) -> ofTarget.add(new RowMark(digest, place)));
        new RowMatching(tally, !plan.keyIndexes().isEmpty(), ofSource, ofTarget).report();
        if (left > 0) {
            tally.differ("some of " + leftRows + " rows that were not matched one by one", left);
        }
    }

    /**
     * Reads all rows of the source.
     *
     * @param chosen the buckets whose rows are wanted, with their places; null for all, without
     */
    private void visitSource(Lane lane, long[] normalised, @Nullable BitSet chosen, Visitor visitor)
            throws SQLException, InterruptedException {
        ValueProof[] proofs = plan.newDigestProofs();
        RowDigest digest = new RowDigest(proofs.length, plan.keyIndexes());
        ValueSlot canonical = new ValueSlot();
        String query = chosen == null ? plan.sourceQuery() : plan.sourceQueryWithPlace();
        try (SourceRows rows = SourceRows.of(lane.sqlite(), query)) {
            ValueSlot[] slots = rows.slots();
            long count = 0;
            while (rows.next()) {
                for (int i = 0; i < proofs.length; i++) {
                    ValueProof.Outcome outcome = proofs[i].canonical(slots[i], canonical);
                    normalised[i] += outcome == ValueProof.Outcome.NORMALISED ? 1 : 0;
                    digest.take(i, canonical);
                }
                digest.finish();
                if (chosen == null) {
                    visitor.row(digest, "");
                } else if (chosen.get(RowBuckets.bucket(digest))) {
                    visitor.row(digest, sourcePlace(slots));
                }
                if (++count % ROWS_BETWEEN_REPORTS == 0) {
                    report(chosen == null ? ROWS_BETWEEN_REPORTS : 0, 0);
                }
            }
            report(chosen == null ? count % ROWS_BETWEEN_REPORTS : 0, 0);
        }
    }

    private void visitTarget(Lane lane, @Nullable BitSet chosen, Visitor visitor)
            throws SQLException, InterruptedException {
        ValueProof[] proofs = plan.newDigestProofs();
        RowDigest digest = new RowDigest(proofs.length, plan.keyIndexes());
        ValueSlot[] slots = plan.newSlots();
        String query = chosen == null ? plan.targetQuery() : plan.targetQueryWithPlace();
        try (TargetRows rows =
                TargetRows.of(lane.postgres(), query, chosen == null ? proofs.length : proofs.length + 1)) {
            long count = 0;
            while (rows.next()) {
                for (int i = 0; i < proofs.length; i++) {
                    proofs[i].writeBack(rows.bytes(), rows.offset(i), rows.length(i), slots[i]);
                    digest.take(i, slots[i]);
                }
                digest.finish();
                if (chosen == null) {
                    visitor.row(digest, "");
                } else if (chosen.get(RowBuckets.bucket(digest))) {
                    visitor.row(digest, targetPlace(slots, rows));
                }
                if (++count % ROWS_BETWEEN_REPORTS == 0) {
                    report(0, rows.takeReceived());
                }
            }
            report(0, rows.takeReceived());
        }
    }

    private void report(long rows, long bytes) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        progress.compared(plan.name(), rows, bytes);
    }

    private String sourcePlace(ValueSlot[] row) {
        if (!plan.keyIndexes().isEmpty()) {
            return key(row);
        }
        ValueSlot rowid = row[row.length - 1];
        return plan.table().rowidUsable() ? new KeyLabel().and("rowid", rowid).toString() : WITHOUT_PLACE;
    }

    private String targetPlace(ValueSlot[] row, TargetRows rows) {
        if (!plan.keyIndexes().isEmpty()) {
            return key(row);
        }
        if (!plan.hasPlaceInTarget()) {
            return WITHOUT_PLACE;
        }
        ValueSlot place = new ValueSlot();
        int column = plan.columns().size();
        place.setText(Arrays.copyOfRange(rows.bytes(), rows.offset(column), rows.offset(column) + rows.length(column)));
        return new KeyLabel().and("ctid", place).toString();
    }

    private String key(ValueSlot[] row) {
        KeyLabel text = new KeyLabel();
        plan.keyIndexes().forEach(index -> text.and(plan.columnName(index), row[index]));
        return text.toString();
    }
}
