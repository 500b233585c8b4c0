package dev.outgrow.internal.sqlite.reshape;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowReader;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;

/**
 * The sum of the digests of rows, the same for any order; storage class and bytes of every value count.
 *
 * @param rows how many
 * @param low one half of the sum
 * @param high the other
 */
record RowSum(long rows, long low, long high) {
    static RowSum of(Connection connection, String sql, int columns, TextEncoding encoding) {
        long rows = 0;
        long low = 0;
        long high = 0;
        try (RowReader reader =
                RowReader.open(connection, RowQuery.of("the query of a table", sql, columns), encoding)) {
            while (reader.next()) {
                Hasher hasher = Hashing.murmur3_128().newHasher();
                for (ValueSlot slot : reader.slots()) {
                    add(hasher, slot);
                }
                ByteBuffer digest = ByteBuffer.wrap(hasher.hash().asBytes());
                rows++;
                low += digest.getLong();
                high += digest.getLong();
            }
        }
        return new RowSum(rows, low, high);
    }

    private static void add(Hasher hasher, ValueSlot slot) {
        hasher.putString(slot.storageClass().name(), StandardCharsets.US_ASCII);
        switch (slot.storageClass()) {
            case NULL -> hasher.putByte((byte) 0);
            case INTEGER -> hasher.putLong(slot.integer());
            case REAL -> hasher.putLong(Double.doubleToRawLongBits(slot.real()));
            case TEXT, BLOB -> hasher.putInt(slot.bytes().length).putBytes(slot.bytes());
        }
    }
}
