package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.parse.DecimalText;
import dev.outgrow.typemap.internal.parse.NumberText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Whether numbers, and text that becomes one, would come back as they are. */
final class NumberTests extends StoredNumberTests {
    /** How the type writes a number. */
    @FunctionalInterface
    interface Spelling {
        NumberText of(byte[] text, int start, int end);
    }

    private final Spelling spelling;
    private final boolean single;

    /**
     * Tests for numbers.
     *
     * @param single whether the type keeps floating point of four bytes
     */
    NumberTests(Spelling spelling, boolean single, Notes notes) {
        super(notes);
        this.spelling = spelling;
        this.single = single;
    }

    @Override
    void integer(long value, RowKey key) {
        real((double) value, key);
    }

    @Override
    void real(double value, RowKey key) {
        if (single && (double) (float) value != value) {
            notes.note(Trait.ROUNDED_TO_REAL, key);
        }
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        super.text(text, start, end, key);
        note(spelling.of(text, start, end), notes, key);
        if (single && DecimalText.measure(text, start, end) != DecimalText.UNREADABLE) {
            String number = new String(text, start, end - start, StandardCharsets.ISO_8859_1).strip();
            float kept = Float.parseFloat(number);
            boolean nearest =
                    Float.isFinite(kept) && new BigDecimal(Float.toString(kept)).compareTo(new BigDecimal(number)) == 0;
            if (!nearest) {
                notes.note(Trait.ROUNDED_TO_REAL, key);
            }
        }
    }

    static void note(NumberText written, Notes notes, RowKey key) {
        switch (written) {
            case SAME -> {}
            case OTHERWISE -> notes.note(Trait.WRITTEN_OTHERWISE, key);
            case SHORTENED -> notes.note(Trait.SHORTENED, key);
        }
    }
}
