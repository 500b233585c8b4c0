package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers as PostgreSQL sends them, and comparison of SQLite values. */
final class Wire {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Wire() {}

    static short int2(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at);
    }

    static int int4(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long int8(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static boolean sameBytes(byte[] one, byte[] other, int offset, int length) {
        return one.length == length && Arrays.equals(one, 0, length, other, offset, offset + length);
    }

    /** Whether both are the same value of the same storage class; doubles are compared by their bits. */
    static boolean same(ValueSlot one, ValueSlot other) {
        StorageClass storageClass = one.storageClass();
        return storageClass == other.storageClass()
                && switch (storageClass) {
                    case NULL -> true;
                    case INTEGER -> one.integer() == other.integer();
                    case REAL -> Double.doubleToRawLongBits(one.real()) == Double.doubleToRawLongBits(other.real());
                    case TEXT, BLOB -> Arrays.equals(one.bytes(), other.bytes());
                };
    }

    static void copy(ValueSlot from, ValueSlot into) {
        switch (from.storageClass()) {
            case NULL -> into.setNull();
            case INTEGER -> into.setInteger(from.integer());
            case REAL -> into.setReal(from.real());
            case TEXT -> into.setText(from.bytes());
            case BLOB -> into.setBlob(from.bytes());
        }
    }
}
