package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Evidence;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tally for each constant of an enum that occurs, in an array: every value of a table is noted, and a map would be a
 * large part of the cost. Not safe for concurrent use.
 */
@SuppressWarnings("EnumOrdinal") // The places are those of one run of the program, and are not kept.
final class Tallies<K extends Enum<K>> {
    private final K[] constants;
    private final @Nullable Tally[] tallies;

    Tallies(Class<K> type) {
        constants = type.getEnumConstants();
        tallies = new Tally[constants.length];
    }

    void note(K constant, RowKey key) {
        Tally tally = tallies[constant.ordinal()];
        if (tally == null) {
            tally = new Tally();
            tallies[constant.ordinal()] = tally;
        }
        tally.note(key);
    }

    /** The evidence of those that occur, in the order of the enum. */
    Map<K, Evidence> evidence() {
        Map<K, Evidence> evidence = new LinkedHashMap<>();
        for (int i = 0; i < tallies.length; i++) {
            Tally tally = tallies[i];
            if (tally != null) {
                evidence.put(constants[i], tally.evidence());
            }
        }
        return evidence;
    }
}
