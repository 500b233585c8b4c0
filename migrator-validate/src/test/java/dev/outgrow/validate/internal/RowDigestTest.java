package dev.outgrow.validate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowDigestTest {
    private final RowDigest digest = new RowDigest(2, List.of(0));

    @Test
    void tellsStorageClassesApart() {
        List<ValueSlot> values = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            values.add(new ValueSlot());
        }
        values.get(1).setInteger(0);
        values.get(2).setReal(0.0);
        values.get(3).setReal(-0.0);
        values.get(4).setText(new byte[0]);
        values.get(5).setBlob(new byte[0]);
        values.get(6).setText(new byte[1]);
        values.get(7).setBlob(new byte[1]);

        Set<Long> lows = new HashSet<>();
        Set<Long> highs = new HashSet<>();
        for (ValueSlot value : values) {
            row(value, new ValueSlot());
            lows.add(digest.low());
            highs.add(digest.high());
        }

        assertThat(lows).hasSize(values.size());
        assertThat(highs).hasSize(values.size());
    }

    @Test
    void tellsEachBitOfBytesApart() {
        for (int length : new int[] {1, 7, 8, 9, 16, 33}) {
            Set<Long> lows = new HashSet<>();
            Set<Long> highs = new HashSet<>();
            for (int bit = -1; bit < length * 8; bit++) {
                byte[] bytes = new byte[length];
                if (bit >= 0) {
                    bytes[bit / 8] = (byte) (1 << bit % 8);
                }
                ValueSlot value = new ValueSlot();
                value.setBlob(bytes);
                row(value, new ValueSlot());
                lows.add(digest.low());
                highs.add(digest.high());
            }
            assertThat(lows).hasSize(length * 8 + 1);
            assertThat(highs).hasSize(length * 8 + 1);
        }
    }

    @Test
    void tellsSwappedColumnsApartAndKeysAlike() {
        ValueSlot one = new ValueSlot();
        one.setInteger(1);
        ValueSlot two = new ValueSlot();
        two.setInteger(2);
        row(one, two);
        long low = digest.low();
        long key = digest.key();

        row(two, one);
        assertThat(digest.low()).isNotEqualTo(low);
        assertThat(digest.key()).isNotEqualTo(key);

        row(one, one);
        assertThat(digest.low()).isNotEqualTo(low);
        assertThat(digest.key()).isEqualTo(key);
    }

    private void row(ValueSlot first, ValueSlot second) {
        digest.take(0, first);
        digest.take(1, second);
        digest.finish();
    }
}
