package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Times as whole numbers of a unit, or as digits down to the second: PostgreSQL holds values between two of them. Whether the
 * application writes such values too is learned from its own. Not safe for concurrent use.
 */
final class WholeUnits {
    /** Where the second of a date and time ends. */
    private static final int SECONDS_END = 19;

    private final boolean counts;
    private final boolean digits;
    /** Of a span, what is closer to nothing is the shorter one. */
    private final boolean span;

    private boolean fractions;
    private boolean cut;

    WholeUnits(TypeMapping mapping) {
        counts = counts(mapping);
        digits = mapping.representation() == Representation.TIME_DIGITS;
        span = mapping.type().kind() == PgType.Kind.INTERVAL;
    }

    /** Whether the values of a column count a unit. Julian days are never whole. */
    static boolean counts(TypeMapping mapping) {
        return switch (mapping.type().kind()) {
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL ->
                switch (mapping.representation()) {
                    case UNIX_SECONDS, UNIX_MILLISECONDS, UNIX_MICROSECONDS, SINCE_EPOCH, TIME_DIGITS ->
                        mapping.converter().isEmpty();
                    default -> false;
                };
            default -> false;
        };
    }

    boolean isBetween(ValueSlot value) {
        if (!counts) {
            return false;
        }
        return digits
                ? value.storageClass() == StorageClass.TEXT
                        && value.length() > SECONDS_END
                        && value.bytes()[SECONDS_END] == '.'
                : value.storageClass() == StorageClass.REAL;
    }

    void see(ValueSlot value) {
        fractions |= isBetween(value);
    }

    void add(WholeUnits other) {
        fractions |= other.fractions;
    }

    boolean haveFractions() {
        return fractions;
    }

    void cut() {
        cut = true;
    }

    boolean keeps(StorageClass storageClass) {
        return !cut || storageClass != (digits ? StorageClass.TEXT : StorageClass.REAL);
    }

    void apply(ValueSlot value) {
        if (!cut || !isBetween(value)) {
            return;
        }
        if (digits) {
            String seconds = new String(Arrays.copyOf(value.bytes(), SECONDS_END), StandardCharsets.US_ASCII);
            value.setText(seconds.replaceAll("\\D", "").getBytes(StandardCharsets.US_ASCII));
        } else {
            value.setInteger((long) (span ? value.real() : Math.floor(value.real())));
        }
    }
}
