package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The most common form of a column's values, among those that its mapping treats as equal: {@code T} or a blank in a
 * timestamp, seven digits of a second, a UUID in upper case, {@code 'true'} or 1. It learns from the values that the
 * application wrote, and writes values from PostgreSQL in the same form. Not safe for concurrent use: each thread has
 * its own, and they are merged.
 */
public final class ColumnForm {
    private static final byte[] EMPTY = {};

    private final Writing writing;
    private final boolean blankAsNull;
    /** Whether values are counted as what a rule makes of them. */
    private final boolean replaced;

    private final WholeUnits units;
    private final Map<Object, long[]> seen = new LinkedHashMap<>();
    private long nulls;
    private long blanks;
    private @Nullable Object last;
    private long[] lastCount = new long[1];

    private ColumnForm(Writing writing, TypeMapping mapping) {
        this.writing = writing;
        this.blankAsNull = mapping.blankAsNull();
        this.replaced = mapping.valueMap().isPresent();
        this.units = new WholeUnits(mapping);
    }

    /** The form of a column; empty if its mapping knows only one. */
    public static Optional<ColumnForm> of(TypeMapping mapping) {
        Optional<Writing> writing = writing(mapping);
        return writing.isEmpty() && !mapping.blankAsNull() && !WholeUnits.counts(mapping)
                ? Optional.empty()
                : Optional.of(new ColumnForm(writing.orElse(new OneWriting()), mapping));
    }

    private static Optional<Writing> writing(TypeMapping mapping) {
        if (mapping.converter().isPresent()) {
            return Optional.empty();
        }
        return switch (mapping.type().kind()) {
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> Optional.of(new TimeWriting(mapping));
            case UUID -> Optional.of(new UuidWriting());
            case BOOLEAN -> Optional.of(new WordWriting());
            case NUMERIC -> Optional.of(new DecimalWriting());
            case REAL -> Optional.of(new FloatWriting());
            case SMALLINT, INTEGER, BIGINT, DOUBLE_PRECISION, TEXT, VARCHAR, CHAR, CITEXT, ENUM, BYTEA ->
                Optional.of(mapping.type().isTimeWithTimeZone() ? new ZonedClockWriting() : new ClassWriting());
            case ARRAY -> ArrayWriting.of(mapping);
            case INTERVAL -> Optional.of(new IntervalWriting());
            case JSON, JSONB, INET, CIDR, MACADDR -> Optional.empty();
        };
    }

    /** Learns from a value that the application wrote. */
    public void see(ValueSlot value) {
        if (value.storageClass() == StorageClass.NULL) {
            nulls++;
            return;
        }
        if (blankAsNull && value.storageClass() == StorageClass.TEXT && value.length() == 0) {
            blanks++;
            return;
        }
        units.see(value);
        Object form = writing.of(value);
        if (form == null) {
            return;
        }
        if (form != last) {
            last = form;
            lastCount = seen.computeIfAbsent(form, first -> new long[1]);
        }
        lastCount[0]++;
    }

    /**
     * Learns from the storage class that all values have by their census, NULL aside.
     *
     * @return false if that does not show their form, so that they must be looked at
     */
    public boolean isLearnedFrom(StorageClass only) {
        if (blankAsNull || replaced || !writing.isShownBy(only)) {
            return false;
        }
        ValueSlot any = new ValueSlot();
        switch (only) {
            case INTEGER -> any.setInteger(0);
            case REAL -> any.setReal(0);
            case TEXT -> any.setText(EMPTY);
            case BLOB -> any.setBlob(EMPTY);
            case NULL -> any.setNull();
        }
        see(any);
        return true;
    }

    /** Merges what another has learned from other values of the same column. */
    public void add(ColumnForm other) {
        nulls += other.nulls;
        blanks += other.blanks;
        followForm(other);
    }

    /** Whether no value has shown the form. */
    public boolean isUnknown() {
        return seen.isEmpty();
    }

    /** Takes over the form of another column; whether that has NULL or blanks in it says nothing of this one. */
    public void followForm(ColumnForm other) {
        units.add(other.units);
        other.seen.forEach((form, count) -> seen.computeIfAbsent(form, first -> new long[1])[0] += count[0]);
    }

    /** How many forms the values have; new ones get the most common. */
    public int forms() {
        return writing.distinct(seen);
    }

    /** Gives a value the most common form; by the column's mapping it stays the same value. */
    public void apply(ValueSlot value) {
        if (value.storageClass() == StorageClass.NULL) {
            if (blanks > nulls) {
                value.setText(EMPTY);
            }
        } else {
            units.apply(value);
            if (!seen.isEmpty() || writing.hasDefault()) {
                writing.write(seen, value);
            }
        }
    }

    /** Whether a value lies between two of the whole units that a column counts, such as milliseconds. */
    public boolean isBetweenUnits(ValueSlot value) {
        return units.isBetween(value);
    }

    /** Whether the application has written a value between two units. */
    public boolean hasValuesBetweenUnits() {
        return units.haveFractions();
    }

    /** From now on {@link #apply} gives a value between two units the earlier one: that is another value. */
    public void cutToUnits() {
        units.cut();
    }

    /** Whether {@link #apply} never changes a value of a storage class; true only if that is certain. */
    public boolean keeps(StorageClass storageClass) {
        return storageClass == StorageClass.NULL
                ? blanks <= nulls
                : units.keeps(storageClass)
                        && ((seen.isEmpty() && !writing.hasDefault()) || writing.keeps(seen, storageClass));
    }

    /** The most common form; of two equally common ones, the first that was seen. */
    static Object commonest(Map<Object, long[]> seen) {
        return seen.entrySet().stream()
                .max((one, other) -> Long.compare(one.getValue()[0], other.getValue()[0]))
                .orElseThrow()
                .getKey();
    }
}
