package dev.outgrow.typemap.internal.value;

import dev.outgrow.typemap.StorageClass;

/**
 * One value of the current row, overwritten by the next. A reader keeps one slot a column; whoever is handed a slot reads
 * it at once. Text is kept as UTF-8 bytes just as they stand in the file, valid or not (text of a UTF-16 database is
 * transcoded first, a lone surrogate to its three bytes {@code ed a0 80} and up). Not safe for concurrent use.
 */
public final class ValueSlot {
    private static final byte[] NOTHING = {};

    private StorageClass storageClass = StorageClass.NULL;
    private long integer;
    private double real;
    private byte[] bytes = NOTHING;

    public void setNull() {
        storageClass = StorageClass.NULL;
        bytes = NOTHING;
    }

    public void setInteger(long value) {
        storageClass = StorageClass.INTEGER;
        integer = value;
        bytes = NOTHING;
    }

    public void setReal(double value) {
        storageClass = StorageClass.REAL;
        real = value;
        bytes = NOTHING;
    }

    /** Takes the array as it is; the caller does not change it until the next set. */
    public void setText(byte[] utf8) {
        storageClass = StorageClass.TEXT;
        bytes = utf8;
    }

    /** Takes the array as it is; the caller does not change it until the next set. */
    public void setBlob(byte[] value) {
        storageClass = StorageClass.BLOB;
        bytes = value;
    }

    /** Takes the value of another slot. */
    public void set(ValueSlot other) {
        storageClass = other.storageClass;
        integer = other.integer;
        real = other.real;
        bytes = other.bytes;
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

    /** The bytes of a text or blob, never to be changed; empty for the other classes. */
    public byte[] bytes() {
        return bytes;
    }
}
