package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.declared.DeclaredType;
import dev.outgrow.typemap.internal.parse.DecimalText;
import dev.outgrow.typemap.internal.parse.FloatWord;
import dev.outgrow.typemap.internal.parse.NumberText;
import dev.outgrow.typemap.internal.parse.ShortestDecimal;
import java.math.BigDecimal;

/** How many digits numbers have, and whether the declared precision and scale take them. */
final class DecimalTests extends Tests {
    private final Notes notes;
    private final int mostIntegerDigits;
    private final int mostScale;
    private final int shown;
    private int integerDigits;
    private int scale;

    /**
     * @param shown the digits after the point that the type shows; negative if it shows those that are written
     */
    DecimalTests(DeclaredType declared, int shown, Notes notes) {
        this.shown = shown;
        this.notes = notes;
        mostScale = declared.first().isPresent() ? declared.second().orElse(0) : Integer.MAX_VALUE;
        mostIntegerDigits = declared.first().isPresent() ? declared.first().getAsInt() - mostScale : Integer.MAX_VALUE;
    }

    @Override
    void integer(long value, RowKey key) {
        note(digits(value), 0, key);
    }

    @Override
    void real(double value, RowKey key) {
        if (Double.isInfinite(value)) {
            return;
        }
        int quick = ShortestDecimal.quickScale(value);
        if (quick >= 0) {
            note(Math.max(0, digits(ShortestDecimal.quickDigits(value, quick)) - quick), quick, key);
        } else {
            BigDecimal decimal = ShortestDecimal.of(value);
            note(Math.max(0, decimal.precision() - decimal.scale()), decimal.scale(), key);
        }
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        long measured = DecimalText.measure(text, start, end);
        FloatWord word = measured == DecimalText.UNREADABLE ? FloatWord.of(text, start, end) : FloatWord.NONE;
        if (word != FloatWord.NONE) {
            if (word != FloatWord.NAN) {
                notes.note(Trait.INFINITE, key);
            }
            NumberTests.note(NumberText.ofDecimal(text, start, end, shown), notes, key);
        } else if (measured == DecimalText.UNREADABLE) {
            notes.note(Trait.NO_NUMBER, key);
        } else {
            note(DecimalText.integerDigits(measured), DecimalText.scale(measured), key);
            NumberTests.note(NumberText.ofDecimal(text, start, end, shown), notes, key);
        }
    }

    @Override
    void blob(byte[] blob, int start, int end, RowKey key) {
        if (DecimalText.measure(blob, start, end) == DecimalText.UNREADABLE) {
            notes.note(Trait.UNREADABLE_BLOB, key);
        } else {
            notes.note(Trait.READABLE_BLOB, key);
            text(blob, start, end, key);
        }
    }

    private void note(int digitsBefore, int digitsBehind, RowKey key) {
        if (digitsBefore > integerDigits) {
            integerDigits = digitsBefore;
        }
        if (digitsBehind > scale) {
            scale = digitsBehind;
        }
        if (digitsBefore > mostIntegerDigits || digitsBehind > mostScale) {
            notes.note(Trait.BEYOND_DECIMAL, key);
        }
    }

    private static int digits(long value) {
        if (value == Long.MIN_VALUE) {
            return 19;
        }
        long left = Math.abs(value);
        int digits = 0;
        while (left != 0) {
            left /= 10;
            digits++;
        }
        return digits;
    }

    @Override
    int integerDigits() {
        return integerDigits;
    }

    @Override
    int scale() {
        return scale;
    }
}
