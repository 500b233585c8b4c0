package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What the proofs of all types have in common. A type says how its value is written back and what a source value would be
 * after that; from the two follows whether a pair is equal. A subclass may answer the common case at once.
 */
abstract class TypeProof implements ValueProof {
    private static final Pattern ZERO_DATE = Pattern.compile("0000-00-00(?:[ T]00:00(?::00(?:\\.0+)?)?)?Z?|0{8}|0{14}");

    private final boolean blankAsNull;
    private final boolean zeroDateAsNull;
    private final boolean zeroAsNull;
    private final ValueSlot back = new ValueSlot();
    private final ValueSlot canonical = new ValueSlot();

    TypeProof(TypeMapping mapping) {
        blankAsNull = mapping.blankAsNull();
        zeroDateAsNull = mapping.zeroDateAsNull();
        zeroAsNull = zeroDateAsNull
                && switch (mapping.type().kind()) {
                    case DATE, TIMESTAMP, TIMESTAMPTZ -> true;
                    default -> false;
                };
    }

    @Override
    public final Outcome compare(ValueSlot source, byte[] target, int offset, int length) {
        if (source.storageClass() == StorageClass.NULL) {
            return length < 0 ? Outcome.EQUAL : Outcome.DIFFERENT;
        }
        if (zeroAsNull && isZero(source)) {
            return length < 0 ? Outcome.NORMALISED : Outcome.DIFFERENT;
        }
        if (length >= 0 && isSame(source, target, offset, length)) {
            return Outcome.EQUAL;
        }
        return compareSlowly(source, target, offset, length);
    }

    private Outcome compareSlowly(ValueSlot source, byte[] target, int offset, int length) {
        if (length >= 0 && isAlike(source, target, offset, length)) {
            return Outcome.NORMALISED;
        }
        writeBack(target, offset, length, back);
        if (Wire.same(source, back)) {
            return Outcome.EQUAL;
        }
        if (canonical(source, canonical) == Outcome.DIFFERENT) {
            return Outcome.DIFFERENT;
        }
        return Wire.same(canonical, back) ? Outcome.NORMALISED : Outcome.DIFFERENT;
    }

    @Override
    public final void writeBack(byte[] target, int offset, int length, ValueSlot into) {
        if (length < 0) {
            into.setNull();
        } else {
            back(target, offset, length, into);
        }
    }

    @Override
    public final Outcome canonical(ValueSlot source, ValueSlot into) {
        if (source.storageClass() == StorageClass.NULL) {
            into.setNull();
            return Outcome.EQUAL;
        }
        if (zeroAsNull && isZero(source)) {
            into.setNull();
            return Outcome.NORMALISED;
        }
        if (source.storageClass() == StorageClass.TEXT
                && ((blankAsNull && isBlank(source.bytes())) || (zeroDateAsNull && isZeroDate(source.bytes())))) {
            into.setNull();
            return Outcome.NORMALISED;
        }
        if (!forward(source, into)) {
            Wire.copy(source, into);
            return Outcome.DIFFERENT;
        }
        return Wire.same(source, into) ? Outcome.EQUAL : Outcome.NORMALISED;
    }

    /** The common case, without allocation: certainly equal. False if that needs a closer look. */
    abstract boolean isSame(ValueSlot source, byte[] target, int offset, int length);

    /** The next common case, without allocation: certainly normalised. False if that needs a closer look. */
    boolean isAlike(ValueSlot source, byte[] target, int offset, int length) {
        return false;
    }

    /** The target's value, which is not NULL, in SQLite's terms. */
    abstract void back(byte[] target, int offset, int length, ValueSlot into);

    /**
     * What the source's value, which is not NULL, would be after a round trip through PostgreSQL.
     *
     * @return false if the type cannot hold it
     */
    abstract boolean forward(ValueSlot source, ValueSlot into);

    private static boolean isZero(ValueSlot source) {
        return (source.storageClass() == StorageClass.INTEGER && source.integer() == 0)
                || (source.storageClass() == StorageClass.REAL && source.real() == 0);
    }

    private static boolean isZeroDate(byte[] text) {
        return ZERO_DATE.matcher(new String(text, StandardCharsets.ISO_8859_1)).matches();
    }

    private static boolean isBlank(byte[] text) {
        for (byte each : text) {
            if (" \t\n\u000b\f\r".indexOf(each) < 0) {
                return false;
            }
        }
        return true;
    }
}
