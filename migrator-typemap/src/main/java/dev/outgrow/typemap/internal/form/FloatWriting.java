package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that PostgreSQL keeps in four bytes and SQLite in eight: the decimal that a person wrote, such as 0.1, or all that a float
 * holds, such as 0.10000000149011612. Values of other storage classes are written as {@link ClassWriting} does.
 */
final class FloatWriting implements Writing {
    /** A float of four bytes needs no more digits than these. */
    private static final int MOST_DIGITS = 9;

    private static final Object DECIMAL = new Object();
    private static final Object FLOAT = new Object();

    private final ClassWriting classes = new ClassWriting();

    @Override
    public @Nullable Object of(ValueSlot value) {
        if (value.storageClass() != StorageClass.REAL) {
            return classes.of(value);
        }
        double real = value.real();
        if ((float) real != real) {
            return DECIMAL;
        }
        // A fraction of two such as 0.5 is both.
        return shortest((float) real) == real ? null : FLOAT;
    }

    @Override
    public boolean isShownBy(StorageClass storageClass) {
        return storageClass != StorageClass.REAL;
    }

    @Override
    public boolean hasDefault() {
        return true;
    }

    @Override
    public void write(Map<Object, long[]> seen, ValueSlot value) {
        if (value.storageClass() == StorageClass.REAL) {
            if (count(seen, DECIMAL) >= count(seen, FLOAT)) {
                value.setReal(shortest((float) value.real()));
            }
        } else if (!seen.isEmpty()) {
            Object commonest = ColumnForm.commonest(seen);
            classes.write(
                    Map.of(commonest instanceof StorageClass ? commonest : StorageClass.REAL, new long[] {1}), value);
        }
    }

    private static long count(Map<Object, long[]> seen, Object form) {
        long[] count = seen.get(form);
        return count == null ? 0 : count[0];
    }

    @Override
    public boolean keeps(Map<Object, long[]> seen, StorageClass storageClass) {
        return storageClass != StorageClass.REAL && seen.isEmpty();
    }

    /** The decimal of the fewest digits of which a float of four bytes is made, as eight bytes keep it. */
    private static double shortest(float value) {
        if (value == 0 || !Float.isFinite(value)) {
            return value;
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal shorter = exact.round(new MathContext(digits));
            if (shorter.floatValue() == value) {
                return shorter.doubleValue();
            }
        }
        return exact.round(new MathContext(MOST_DIGITS)).doubleValue();
    }
}
