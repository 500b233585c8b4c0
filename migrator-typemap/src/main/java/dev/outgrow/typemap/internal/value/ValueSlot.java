package dev.outgrow.typemap.internal.value;

import dev.outgrow.typemap.StorageClass;
import java.util.Arrays;

/**
 * One value of the current row, overwritten by the next. A reader keeps one slot for each column; code that gets a slot
 * must read it at once. Text is kept as UTF-8 bytes just as they stand in the file, valid or not (text of a UTF-16
 * database is transcoded first, a lone surrogate to its three bytes {@code ed a0 80} and up). The bytes of a text or
 * blob are a part of an array, such as the page on which they stand: so that nothing is allocated for a value. Not safe
 * for concurrent use.
 */
public final class ValueSlot {
    private static final byte[] NOTHING = {};

    private StorageClass storageClass = StorageClass.NULL;
    private long integer;
    private double real;
    private byte[] array = NOTHING;
    private int start;
    private int end;

    public void setNull() {
        storageClass = StorageClass.NULL;
        setBytes(NOTHING, 0, 0);
    }

    public void setInteger(long value) {
        storageClass = StorageClass.INTEGER;
        integer = value;
        setBytes(NOTHING, 0, 0);
    }

    public void setReal(double value) {
        storageClass = StorageClass.REAL;
        real = value;
        setBytes(NOTHING, 0, 0);
    }

    /** Takes the array as it is; the caller does not change it until the next set. */
    public void setText(byte[] utf8) {
        setText(utf8, 0, utf8.length);
    }

    /** Takes a part of the array as it is; the caller does not change it until the next set. */
    public void setText(byte[] utf8, int from, int upTo) {
        storageClass = StorageClass.TEXT;
        setBytes(utf8, from, upTo);
    }

    /** Takes the array as it is; the caller does not change it until the next set. */
    public void setBlob(byte[] value) {
        setBlob(value, 0, value.length);
    }

    /** Takes a part of the array as it is; the caller does not change it until the next set. */
    public void setBlob(byte[] value, int from, int upTo) {
        storageClass = StorageClass.BLOB;
        setBytes(value, from, upTo);
    }

    private void setBytes(byte[] bytes, int from, int upTo) {
        array = bytes;
        start = from;
        end = upTo;
    }

    /** Takes the value of another slot. */
    public void set(ValueSlot other) {
        storageClass = other.storageClass;
        integer = other.integer;
        real = other.real;
        setBytes(other.array, other.start, other.end);
    }

    public StorageClass storageClass() {
        return storageClass;
    }

    /** The integer; meaningful for {@link StorageClass#INTEGER} alone. */
    public long integer() {
        return integer;
    }

    /** The double; meaningful for {@link StorageClass#REAL} alone. */
    public double real() {
        return real;
    }

    /** What the bytes of a text or blob are a part of, never to be changed. */
    public byte[] array() {
        return array;
    }

    /** Where in the {@link #array} the bytes begin. */
    public int start() {
        return start;
    }

    /** Where in the {@link #array} the bytes end. */
    public int end() {
        return end;
    }

    /** How many bytes the text or blob has; 0 for the other classes. */
    public int length() {
        return end - start;
    }

    /**
     * The bytes of a text or blob as an array of their own, never to be changed; empty for the other classes. They are
     * copied if they were a part of another.
     */
    public byte[] bytes() {
        if (end - start < array.length) {
            setBytes(Arrays.copyOfRange(array, start, end), 0, end - start);
        }
        return array;
    }
}
