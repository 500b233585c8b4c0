package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Ranges;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.ValueMap;
import dev.outgrow.typemap.internal.declared.Family;
import dev.outgrow.typemap.internal.encode.MappedValueEncoder;
import dev.outgrow.typemap.internal.parse.SqliteJsonb;
import dev.outgrow.typemap.internal.parse.Utf8;
import dev.outgrow.typemap.internal.parse.Words;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the values of one column, in memory that does not grow with their number. It makes only the tests that matter
 * for the declared type, and allocates only for unusual values. Not safe for concurrent use: ranges of a table have
 * counters of their own, and {@link ColumnCensus#plus} adds their results.
 */
public final class ColumnCounter {
    /**
     * What PostgreSQL takes in one row, and so in one value: a gigabyte, less what the server keeps beside the values.
     * The server builds the whole row before it moves large values out of it, and sends it as a whole when it is read.
     */
    public static final long FIELD_LIMIT = (1L << 30) - 1024;

    private static final long EXACT = 1L << 53;

    /**
     * Counts the values of one storage class. It is an interface so that the just-in-time compiler does not inline all
     * of them into the loop over the rows, and compile that again for every kind of value that turns up later: that
     * took a quarter of the census's time.
     */
    @FunctionalInterface
    private interface Kind {
        void accept(ValueSlot value, RowKey key);
    }

    private final Kind nulls = (value, key) -> {};
    private final Kind integers = this::integer;
    private final Kind reals = this::real;
    private final Kind texts;
    private final Kind blobs = this::blob;

    private final SourceColumn column;
    private final @Nullable TypeMapping options;
    private final boolean blobsAreText;
    private final long fieldLimit;
    private final OptionalInt declaredLength;
    private final @Nullable Trial trial;
    private final boolean zeroIsNull;
    private final boolean mayBeText;
    private final Tests tests;

    private final Tallies<StorageClass> classes = new Tallies<>(StorageClass.class);
    private final Tallies<Trait> traits = new Tallies<>(Trait.class);
    /** The value as it is in SQLite. */
    private ValueSlot source = new ValueSlot();

    private long smallestInteger = Long.MAX_VALUE;
    private long largestInteger = Long.MIN_VALUE;
    private double smallestReal = Double.POSITIVE_INFINITY;
    private double largestReal = Double.NEGATIVE_INFINITY;
    private long longestText;
    private long largestValue;

    /** A counter that makes the tests of the declared type. */
    public ColumnCounter(SourceColumn column) {
        this(column, null, null, false, FIELD_LIMIT);
    }

    /**
     * A counter that also tries every value on a mapping.
     *
     * @param trial tries every value on what is asked for; null if the values decide
     * @param options what rules add to whatever mapping is chosen; null if there is none
     * @param blobsAreText whether blobs are to become text, so that NUL and invalid UTF-8 in them matter
     * @param fieldLimit the most bytes of one value
     */
    public ColumnCounter(
            SourceColumn column,
            @Nullable Trial trial,
            @Nullable TypeMapping options,
            boolean blobsAreText,
            long fieldLimit) {
        this.column = column;
        this.options = options;
        this.blobsAreText = blobsAreText;
        this.fieldLimit = fieldLimit;
        this.trial = trial;
        zeroIsNull = options != null && options.zeroDateAsNull() && isDay();
        Family family = Family.of(column);
        mayBeText = trial == null && (family == Family.TEXT || family == Family.JSON);
        declaredLength = TypeTests.declaredLength(column);
        ZoneId zone = options == null ? null : options.zone().orElse(null);
        boolean ofBytes = options != null && options.type().kind() == PgType.Kind.BYTEA;
        tests = trial == null && ofBytes
                ? new BytesTests(this::note)
                : TypeTests.of(column, family, trial == null ? null : trial.mapping(), zone, this::note);
        texts = tests.getClass() == Tests.class ? this::textOfAnyForm : this::text;
    }

    /** Whether the column becomes one of dates, or of times with a date. */
    private boolean isDay() {
        if (trial == null) {
            return Family.of(column) == Family.DATE || Family.of(column) == Family.TIMESTAMP;
        }
        return trial.mapping().type().kind().hasDate()
                && trial.mapping().converter().isEmpty();
    }

    private static boolean isZero(ValueSlot value) {
        return (value.storageClass() == StorageClass.INTEGER && value.integer() == 0)
                || (value.storageClass() == StorageClass.REAL && value.real() == 0);
    }

    /**
     * Counts one value.
     *
     * @param key called only if the row is kept as evidence
     */
    public void accept(ValueSlot given, RowKey key) {
        source = given;
        ValueSlot value = options == null || options.valueMap().isEmpty()
                ? given
                : mapped(options.valueMap().get(), given, key);
        StorageClass storageClass = value.storageClass();
        if (storageClass == StorageClass.TEXT && isBlank(value)) {
            note(Trait.BLANK, key);
            storageClass = options != null && options.blankAsNull() ? StorageClass.NULL : storageClass;
        } else if (storageClass == StorageClass.TEXT
                && options != null
                && options.zeroDateAsNull()
                && Words.isZeroDate(value.array(), value.start(), value.end())) {
            note(Trait.ZERO_DATE, key);
            storageClass = StorageClass.NULL;
        } else if (zeroIsNull && isZero(value)) {
            note(Trait.ZERO_DATE, key);
            storageClass = StorageClass.NULL;
        }
        classes.note(storageClass, key);
        Kind kind = switch (storageClass) {
            case NULL -> nulls;
            case INTEGER -> integers;
            case REAL -> reals;
            case TEXT -> texts;
            case BLOB -> blobs;
        };
        kind.accept(value, key);
    }

    /** What a rule makes of a text, and whether the result tells its origin. */
    private ValueSlot mapped(ValueMap values, ValueSlot value, RowKey key) {
        ValueSlot other = MappedValueEncoder.replaced(values, value);
        if (other != value) {
            note(Trait.MAPPED, key);
        }
        if (other.storageClass() == StorageClass.TEXT) {
            String arrives = new String(other.bytes(), StandardCharsets.UTF_8);
            String back = values.back(arrives).orElse(arrives);
            boolean same = value.storageClass() == StorageClass.INTEGER
                    ? back.equals(Long.toString(value.integer()))
                    : Arrays.equals(back.getBytes(StandardCharsets.UTF_8), value.bytes());
            if (!same) {
                note(Trait.MAPPED_ONE_WAY, key);
            }
        }
        return other;
    }

    /** Counts a value that is not read, since PostgreSQL would not take its row. */
    public void acceptTooLarge(RowKey key) {
        note(Trait.TOO_LARGE, key);
    }

    private void integer(ValueSlot integer, RowKey key) {
        long value = integer.integer();
        smallestInteger = Math.min(smallestInteger, value);
        largestInteger = Math.max(largestInteger, value);
        if ((value > EXACT || value < -EXACT) && ((long) (double) value != value || value == Long.MAX_VALUE)) {
            note(Trait.NO_DOUBLE, key);
        }
        tests.integer(value, key);
        tryOut(key);
    }

    private void real(ValueSlot real, RowKey key) {
        double value = real.real();
        if (value < smallestReal) {
            smallestReal = value;
        }
        if (value > largestReal) {
            largestReal = value;
        }
        if (Double.isInfinite(value)) {
            note(Trait.INFINITE, key);
        } else if (value != Math.rint(value) || Math.abs(value) > EXACT) {
            note(Trait.FRACTIONAL, key);
        }
        tests.real(value, key);
        tryOut(key);
    }

    private void text(ValueSlot text, RowKey key) {
        textOfAnyForm(text, key);
        tests.text(text.array(), text.start(), text.end(), key);
    }

    /** A text for which there are no tests. */
    private void textOfAnyForm(ValueSlot text, RowKey key) {
        size(text.length(), key);
        long checked = Utf8.check(text.array(), text.start(), text.end());
        long codePoints = Utf8.codePoints(checked);
        longestText = Math.max(longestText, codePoints);
        if (declaredLength.isPresent() && codePoints > declaredLength.getAsInt()) {
            note(Trait.LONGER_THAN_DECLARED, key);
        }
        if (!Utf8.isClean(checked)) {
            unclean(checked, key);
        }
        tryOut(key);
    }

    private void unclean(long checked, RowKey key) {
        if (Utf8.hasNul(checked)) {
            note(Trait.NUL, key);
        }
        if (Utf8.isInvalid(checked)) {
            note(Trait.INVALID_UTF8, key);
        }
    }

    private void blob(ValueSlot blob, RowKey key) {
        size(blob.length(), key);
        if (blobsAreText || mayBeText) {
            textOf(Utf8.check(blob.array(), blob.start(), blob.end()), key);
        }
        if (SqliteJsonb.isDocument(blob.array(), blob.start(), blob.end())) {
            note(Trait.BINARY_JSON, key);
        }
        tests.blob(blob.array(), blob.start(), blob.end(), key);
        tryOut(key);
    }

    private void textOf(long checked, RowKey key) {
        if (blobsAreText) {
            unclean(checked, key);
        }
        if (mayBeText && Utf8.isClean(checked)) {
            note(Trait.TEXT_BLOB, key);
        }
    }

    private void tryOut(RowKey key) {
        if (trial != null) {
            // The mapping treats the value as its options say.
            trial.accept(source, this::note, key);
        }
    }

    private void size(int bytes, RowKey key) {
        largestValue = Math.max(largestValue, bytes);
        if (bytes > fieldLimit) {
            note(Trait.TOO_LARGE, key);
        }
    }

    private static boolean isBlank(ValueSlot text) {
        return Words.isBlank(text.array(), text.start(), text.end());
    }

    private void note(Trait trait, RowKey key) {
        traits.note(trait, key);
    }

    /**
     * What it counts beside what the column's declaration asks for, in words: the same for two counters of a column that count the
     * same. A converter of the caller's own has no words that would be the same in another process.
     */
    public String asked() {
        return "tries " + words(trial == null ? null : trial.mapping()) + "; options: " + words(options) + "; "
                + (blobsAreText ? "blobs are text" : "blobs are bytes") + "; up to " + fieldLimit + " bytes";
    }

    private static String words(@Nullable TypeMapping mapping) {
        return mapping == null ? "nothing" : mapping + (mapping.converter().isPresent() ? " by a converter" : "");
    }

    /** The census so far. */
    public ColumnCensus result() {
        boolean integers = largestInteger >= smallestInteger;
        boolean reals = largestReal >= smallestReal;
        Ranges ranges = new Ranges(
                integers ? OptionalLong.of(smallestInteger) : OptionalLong.empty(),
                integers ? OptionalLong.of(largestInteger) : OptionalLong.empty(),
                reals ? OptionalDouble.of(smallestReal) : OptionalDouble.empty(),
                reals ? OptionalDouble.of(largestReal) : OptionalDouble.empty(),
                longestText,
                largestValue,
                tests.integerDigits(),
                tests.scale());
        return new ColumnCensus(
                column,
                classes.evidence(),
                traits.evidence(),
                ranges,
                Optional.ofNullable(trial).map(Trial::mapping),
                trial == null ? Map.of() : trial.unfit(),
                trial == null ? Optional.empty() : trial.refusal());
    }
}
