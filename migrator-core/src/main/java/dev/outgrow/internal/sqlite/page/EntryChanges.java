package dev.outgrow.internal.sqlite.page;

import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The entries of an index that are to go and those that are to come, as 64-bit digests with a random seed. Not safe for concurrent
 * use.
 */
public final class EntryChanges {
    /** Takes eight bytes each. */
    private static final int MOST = 400_000;

    private final EntryDigest digest =
            new EntryDigest(ThreadLocalRandom.current().nextLong());
    private final Side gone = new Side();
    private final Side added = new Side();

    /** Digests in order, each of which is taken once. */
    private static final class Side {
        private long[] digests = new long[64];
        private boolean[] taken = {};
        private int count;
        private int open;

        private void add(long digest) {
            if (count < MOST) {
                if (count == digests.length) {
                    digests = Arrays.copyOf(digests, 2 * count);
                }
                digests[count] = digest;
            }
            count++;
        }

        private void sort() {
            digests = Arrays.copyOf(digests, count);
            Arrays.sort(digests);
            taken = new boolean[count];
            open = count;
        }

        private boolean take(long digest) {
            int at = Arrays.binarySearch(digests, digest);
            if (at < 0) {
                return false;
            }
            while (at > 0 && digests[at - 1] == digest) {
                at--;
            }
            for (; at < count && digests[at] == digest; at++) {
                if (!taken[at]) {
                    taken[at] = true;
                    open--;
                    return true;
                }
            }
            return false;
        }
    }

    /** An entry that is to go. */
    public void gone(ValueSlot[] values) {
        gone.add(digest.of(values));
    }

    /** An entry that is to come. */
    public void added(ValueSlot[] values) {
        added.add(digest.of(values));
    }

    /** Whether there are so few that they can be looked for. */
    public boolean areFew() {
        return gone.count <= MOST && added.count <= MOST;
    }

    /** Leaves out what goes and comes back the same. Called once, before the search. */
    void begin() {
        gone.sort();
        added.sort();
        for (int i = 0; i < gone.count; i++) {
            if (!gone.taken[i] && added.take(gone.digests[i])) {
                gone.taken[i] = true;
                gone.open--;
            }
        }
    }

    boolean takeGone(IndexTree entry) throws PageFormatException {
        return gone.open > 0 && gone.take(digest.of(entry.bytes(), entry.start(), entry.end()));
    }

    boolean takeAdded(IndexTree entry) throws PageFormatException {
        return added.open > 0 && added.take(digest.of(entry.bytes(), entry.start(), entry.end()));
    }

    /** Whether all were found. */
    boolean areDone() {
        return gone.open == 0 && added.open == 0;
    }
}
