package dev.outgrow.validate.internal.change;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.decode.ValueProof;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.validate.internal.EqualRows;
import dev.outgrow.validate.internal.KeyOrder;
import dev.outgrow.validate.internal.KeyRange;
import dev.outgrow.validate.internal.Lane;
import dev.outgrow.validate.internal.RowStream;
import dev.outgrow.validate.internal.SourceRows;
import dev.outgrow.validate.internal.TableReading;
import dev.outgrow.validate.internal.TargetRows;
import dev.outgrow.validate.internal.UnorderedKeyException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The changes of one range of a table, read from both databases in the order of the key. Used once, by one thread. */
final class OrderedChanges {
    private static final int ROWS_BETWEEN_LOOKS = 4096;

    private final ChangeSearch.Wanted wanted;
    private final TableReading plan;
    private final KeyRange range;
    private final RowReading reading;
    private final ValueProof[] proofs;
    private final KeyOrder key;
    private final ValueSlot[] now;
    private final LearnedForms forms;
    private DefaultValues defaults = DefaultValues.NONE;
    private final long[] normalised;
    private final BitSet otherwise = new BitSet();
    private final BitSet differing = new BitSet();
    private boolean inSource;
    private boolean inTarget;
    private long equalRows;
    private long sourceRows;

    OrderedChanges(ChangeSearch.Wanted wanted, TableReading plan, KeyRange range, RowReading reading) {
        this.reading = reading;
        this.wanted = wanted;
        this.plan = plan;
        this.range = range;
        this.proofs = plan.newPlainProofs();
        this.key = plan.newKeyOrder();
        this.now = plan.newSlots();
        this.forms = new LearnedForms(plan.columns(), proofs, wanted.uniform());
        this.normalised = new long[proofs.length];
    }

    /**
     * Searches.
     *
     * @throws UnorderedKeyException if the rows cannot be merged; then nothing reported so far counts
     */
    void run(Lane lane) throws SQLException, InterruptedException, UnorderedKeyException {
        long start = System.nanoTime();
        Connection postgres = lane.postgres();
        lane.ready(plan.isCopiedInOrder());
        defaults = DefaultValues.of(plan, postgres);
        try (RowStream source = source(lane.sqlite());
                TargetRows target = TargetRows.of(postgres, plan.targetQuery(range), proofs.length)) {
            merge(source, target);
        } catch (OutOfMemoryError e) {
            // The driver has lost its position in the server's messages, and would wait for the rest forever.
            postgres.abort(Runnable::run);
            throw e;
        } finally {
            lane.takeBack();
        }
        wanted.changes()
                .read(
                        sourceRows,
                        forms.learned(),
                        Optional.of(new EqualRows(
                                equalRows, Arrays.stream(normalised).boxed().toList(), System.nanoTime() - start)));
    }

    /** A table whose key is the rowid is in the order of its pages. */
    private RowStream source(Connection sqlite) throws SQLException {
        if (plan.isCopiedInOrder() && wanted.place().size() == 1) {
            Optional<RowStream> rows = reading.open(
                    sqlite,
                    plan.name(),
                    plan.columns().stream()
                            .map(column -> column.column().name())
                            .toList(),
                    bound(range.from()),
                    bound(range.to()));
            if (rows.isPresent()) {
                return rows.get();
            }
        }
        return SourceRows.of(sqlite, plan.sourceQuery(range, wanted.place()));
    }

    private static OptionalLong bound(@Nullable Long rowid) {
        return rowid == null ? OptionalLong.empty() : OptionalLong.of(rowid);
    }

    private void merge(RowStream source, TargetRows target)
            throws SQLException, InterruptedException, UnorderedKeyException {
        inSource = next(source);
        inTarget = target.next();
        for (long looked = 1; inSource || inTarget; looked++) {
            step(source, target);
            if (looked % ROWS_BETWEEN_LOOKS == 0 && Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /**
     * A method of its own, as is what few rows come to: of a loop that is entered once the just-in-time compiler takes every call for
     * a frequent one, and compiles all of them into it, anew each time that something turns up which it had not seen yet.
     */
    private void step(RowStream source, TargetRows target) throws SQLException, UnorderedKeyException {
        int order = !inTarget ? -1 : !inSource ? 1 : key.compare(source.slots(), target);
        if (order == 0) {
            compare(source.slots(), target);
            inSource = next(source);
            inTarget = target.next();
        } else {
            alone(order < 0, source, target);
        }
    }

    private void alone(boolean gone, RowStream source, TargetRows target) throws SQLException, UnorderedKeyException {
        if (gone) {
            forms.see(source.slots());
            wanted.changes().deleted(place(source.slots()));
            inSource = next(source);
        } else {
            writeBack(target);
            wanted.changes().inserted(now);
            inTarget = target.next();
        }
    }

    private boolean next(RowStream source) throws SQLException, UnorderedKeyException {
        boolean there = source.next();
        if (there) {
            sourceRows++;
            key.watch(source.slots());
        }
        return there;
    }

    private void compare(ValueSlot[] source, TargetRows target) throws SQLException {
        differing.clear();
        otherwise.clear();
        for (int i = 0; i < proofs.length; i++) {
            ValueProof.Outcome outcome =
                    proofs[i].compare(source[i], target.bytes(), target.offset(i), target.length(i));
            forms.see(i, source[i], outcome);
            if (outcome == ValueProof.Outcome.NORMALISED) {
                otherwise.set(i);
            } else if (outcome == ValueProof.Outcome.DIFFERENT
                    && !(source[i].storageClass() == StorageClass.NULL && defaults.has(i, target))) {
                differing.set(i);
            }
        }
        if (differing.isEmpty()) {
            equalRows++;
            for (int i = otherwise.nextSetBit(0); i >= 0; i = otherwise.nextSetBit(i + 1)) {
                normalised[i]++;
            }
        } else {
            writeBack(target);
            wanted.changes().changed(place(source), now, differing);
        }
    }

    private void writeBack(TargetRows target) {
        for (int i = 0; i < proofs.length; i++) {
            proofs[i].writeBack(target.bytes(), target.offset(i), target.length(i), now[i]);
        }
    }

    private ValueSlot[] place(ValueSlot[] source) {
        return Arrays.copyOfRange(source, proofs.length, source.length);
    }
}
