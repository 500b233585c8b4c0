package dev.outgrow.internal.sqlite.search;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.encode.CopyBuffer;
import dev.outgrow.typemap.internal.encode.Encoders;
import dev.outgrow.typemap.internal.encode.UnfitValueException;
import dev.outgrow.typemap.internal.encode.ValueEncoder;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The digest of a key as it arrives in PostgreSQL: two keys that are equal there have the same digest, regardless of
 * the widths of their types and of how SQLite writes them. Not safe for concurrent use.
 */
final class ArrivingKey {
    private static final int LENGTH_BYTES = 4;

    private final List<TypeMapping> mappings;
    private final List<ValueEncoder> encoders;
    private final CopyBuffer field = new CopyBuffer(256);

    ArrivingKey(List<TypeMapping> mappings) {
        this.mappings = mappings;
        encoders = mappings.stream().map(Encoders::encoderFor).toList();
    }

    /** The digest of the first values; empty if one of them is or becomes NULL, or does not fit. */
    OptionalLong digest(ValueSlot[] slots) {
        Hasher hasher = Hashing.murmur3_128().newHasher();
        for (int i = 0; i < encoders.size(); i++) {
            field.clear();
            try {
                encoders.get(i).encode(slots[i], field);
            } catch (UnfitValueException e) {
                return OptionalLong.empty();
            }
            int length = field.size() - LENGTH_BYTES;
            if (length == 0 && field.array()[0] < 0) {
                return OptionalLong.empty();
            }
            put(mappings.get(i).type().kind(), ByteBuffer.wrap(field.array(), LENGTH_BYTES, length), hasher);
        }
        return OptionalLong.of(hasher.hash().asLong());
    }

    private static void put(PgType.Kind kind, ByteBuffer value, Hasher hasher) {
        switch (kind) {
            case SMALLINT -> hasher.putLong(value.getShort());
            case INTEGER -> hasher.putLong(value.getInt());
            case BIGINT -> hasher.putLong(value.getLong());
            // -0.0 and 0.0 are equal.
            case REAL -> hasher.putDouble(value.getFloat() + 0.0);
            case DOUBLE_PRECISION -> hasher.putDouble(value.getDouble() + 0.0);
            case NUMERIC -> numeric(value, hasher);
            case CITEXT, CHAR -> {
                String text = StandardCharsets.UTF_8.decode(value).toString();
                String compared =
                        kind == PgType.Kind.CITEXT ? text.toLowerCase(Locale.ROOT) : text.replaceFirst(" +$", "");
                hasher.putUnencodedChars(compared).putInt(compared.length());
            }
            case BOOLEAN,
                    TEXT,
                    VARCHAR,
                    BYTEA,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMPTZ,
                    INTERVAL,
                    JSON,
                    JSONB,
                    UUID,
                    INET,
                    CIDR,
                    MACADDR,
                    ENUM,
                    ARRAY -> {
                hasher.putInt(value.remaining());
                hasher.putBytes(value);
            }
        }
    }

    /** Without the display scale, and without groups of zeros at either end: 1.0 and 1.00 are equal. */
    private static void numeric(ByteBuffer value, Hasher hasher) {
        int start = value.position();
        int groups = value.getShort();
        int weight = value.getShort();
        short sign = value.getShort();
        int first = 0;
        int end = groups;
        while (first < end && value.getShort(start + 8 + 2 * first) == 0) {
            first++;
        }
        while (end > first && value.getShort(start + 8 + 2 * (end - 1)) == 0) {
            end--;
        }
        hasher.putInt(first == end ? 0 : weight - first).putShort(first == end && groups > 0 ? 0 : sign);
        for (int i = first; i < end; i++) {
            hasher.putShort(value.getShort(start + 8 + 2 * i));
        }
    }
}
