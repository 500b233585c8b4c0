package dev.outgrow.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowHashTest {
    private static final List<ProvedColumn> COLUMNS = List.of(
            new ProvedColumn("id", PgType.BIGINT, Representation.NATIVE),
            new ProvedColumn("ratio", PgType.DOUBLE_PRECISION, Representation.NATIVE),
            new ProvedColumn("name", PgType.TEXT, Representation.NATIVE));

    private static long whole(@Nullable Object... row) {
        RowHash hash = new RowHash(COLUMNS, 0);
        hash.of(row);
        return hash.whole();
    }

    private static long exact(int keys, @Nullable Object... row) {
        RowHash hash = new RowHash(COLUMNS, keys);
        hash.of(row);
        return hash.exact();
    }

    @Test
    void isTheSameForTheSameValues() {
        assertThat(whole(1L, 0.5, "a\u00df\ud83d\ude00")).isEqualTo(whole(1L, 0.5, "a\u00df\ud83d\ude00"));
    }

    @Test
    void tellsWhateverMayDifferApart() {
        Set<Long> hashes = new HashSet<>();
        List<@Nullable Object[]> rows = List.of(
                new @Nullable Object[] {1L, 0.5, "a"},
                new @Nullable Object[] {1L, 0.5, "b"},
                new @Nullable Object[] {1L, 0.5, ""},
                new @Nullable Object[] {1L, 0.5, null},
                new @Nullable Object[] {1L, 0.5, 0L},
                new @Nullable Object[] {1L, 0.5, "0"},
                new @Nullable Object[] {1L, 0.5, 0.0},
                new @Nullable Object[] {1L, 0.5, -0.0},
                new @Nullable Object[] {0L, 0.5, "1a"},
                new @Nullable Object[] {1L, null, "a"},
                new @Nullable Object[] {null, 0.5, "a"},
                new @Nullable Object[] {1L, 0.5000000000000001, "a"},
                new @Nullable Object[] {"a", 0.5, 1L},
                new @Nullable Object[] {"1a", 0.5, null},
                new @Nullable Object[] {"1", 0.5, "a"});
        rows.forEach(row -> hashes.add(whole(row)));
        assertThat(hashes).hasSameSizeAs(rows);
    }

    @Test
    void spreadsNumbersThatFollowEachOther() {
        Set<Long> buckets = new HashSet<>();
        for (long i = 0; i < 4096; i++) {
            buckets.add(whole(i, 0.5, "a") & 4095);
        }
        assertThat(buckets).hasSizeGreaterThan(2000);
    }

    @Test
    void leavesOutLastDigitsThatNeedNotAgree() {
        assertThat(exact(0, 1L, 0.5, "a")).isEqualTo(exact(0, 1L, 0.75, "a")).isNotEqualTo(exact(0, 1L, 0.5, "b"));
    }

    @Test
    void takesEachDigitOfAKey() {
        assertThat(exact(2, 1L, 0.5, "a")).isNotEqualTo(exact(2, 1L, 0.75, "a"));
    }
}
