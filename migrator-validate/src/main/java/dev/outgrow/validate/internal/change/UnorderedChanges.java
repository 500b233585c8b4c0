package dev.outgrow.validate.internal.change;

import dev.outgrow.typemap.internal.decode.ValueProof;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.validate.internal.Lane;
import dev.outgrow.validate.internal.RowBuckets;
import dev.outgrow.validate.internal.RowDigest;
import dev.outgrow.validate.internal.SourceRows;
import dev.outgrow.validate.internal.TableReading;
import dev.outgrow.validate.internal.TargetRows;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * The changes of a table without a key, or of one whose key the two databases order differently. Each side is read once
 * to find the buckets of rows that differ; the rows of these are read again and matched on disk. Used once, by one
 * thread.
 */
final class UnorderedChanges {
    private static final int ROWS_BETWEEN_LOOKS = 4096;

    private final ChangeSearch.Wanted wanted;
    private final TableReading plan;
    private final ValueProof[] proofs;
    private final RowDigest digest;
    private final LearnedForms forms;
    private final ValueSlot canonical = new ValueSlot();

    UnorderedChanges(ChangeSearch.Wanted wanted, TableReading plan) {
        this.wanted = wanted;
        this.plan = plan;
        this.proofs = plan.newPlainProofs();
        this.digest = new RowDigest(proofs.length, plan.keyIndexes());
        this.forms = new LearnedForms(plan.columns(), proofs, wanted.uniform());
    }

    /** Receives each row of one side. */
    @FunctionalInterface
    private interface Visitor {
        void row(ValueSlot[] row) throws SQLException;
    }

    void run(Lane lane) throws SQLException, InterruptedException {
        RowBuckets source = new RowBuckets();
        readSource(lane, true, row -> source.add(digest));
        RowBuckets target = new RowBuckets();
        readTarget(lane, row -> target.add(digest));
        BitSet differing = source.differing(target);
        if (!differing.isEmpty()) {
            match(lane, differing);
        }
        wanted.changes().read(source.rows(), forms.learned(), Optional.empty());
    }

    private void match(Lane lane, BitSet differing) throws SQLException, InterruptedException {
        boolean keyed = !plan.keyIndexes().isEmpty();
        try (MatchedRows rows = new MatchedRows(proofs.length, wanted.place().size(), keyed)) {
            readSource(lane, false, row -> {
                if (differing.get(RowBuckets.bucket(digest))) {
                    rows.source(digest, Arrays.copyOfRange(row, proofs.length, row.length));
                }
            });
            readTarget(lane, row -> {
                if (differing.get(RowBuckets.bucket(digest))) {
                    rows.target(digest, row);
                }
            });
            rows.tell(wanted.changes());
        }
    }

    private void readSource(Lane lane, boolean learning, Visitor visitor) throws SQLException, InterruptedException {
        long looked = 0;
        try (SourceRows rows = SourceRows.of(lane.sqlite(), plan.sourceQuery(wanted.place()))) {
            ValueSlot[] slots = rows.slots();
            while (rows.next()) {
                for (int i = 0; i < proofs.length; i++) {
                    ValueProof.Outcome outcome = proofs[i].canonical(slots[i], canonical);
                    digest.take(i, canonical);
                    if (learning) {
                        forms.see(i, slots[i], outcome);
                    }
                }
                digest.finish();
                visitor.row(slots);
                look(++looked);
            }
        }
    }

    private void readTarget(Lane lane, Visitor visitor) throws SQLException, InterruptedException {
        long looked = 0;
        ValueSlot[] slots = plan.newSlots();
        try (TargetRows rows = TargetRows.of(lane.postgres(), plan.targetQuery(), proofs.length)) {
            while (rows.next()) {
                for (int i = 0; i < proofs.length; i++) {
                    proofs[i].writeBack(rows.bytes(), rows.offset(i), rows.length(i), slots[i]);
                    digest.take(i, slots[i]);
                }
                digest.finish();
                visitor.row(slots);
                look(++looked);
            }
        }
    }

    private static void look(long rows) throws InterruptedException {
        if (rows % ROWS_BETWEEN_LOOKS == 0 && Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
