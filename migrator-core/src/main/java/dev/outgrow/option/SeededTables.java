package dev.outgrow.option;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of rows that are in the target's tables already. Immutable.
 *
 * @param all what was said for all tables; null if nothing was
 * @param byTable what was said for one table, by its name in lower case
 */
record SeededTables(@Nullable SeededRows all, ImmutableMap<String, SeededRows> byTable) {
    static final SeededTables UNSAID = new SeededTables(null, ImmutableMap.of());

    SeededTables all(SeededRows policy) {
        return new SeededTables(policy, byTable);
    }

    SeededTables of(String table, SeededRows policy) {
        return new SeededTables(
                all,
                ImmutableMap.<String, SeededRows>builder()
                        .putAll(byTable)
                        .put(Ascii.toLowerCase(table), policy)
                        .buildKeepingLast());
    }

    boolean keep() {
        return all == SeededRows.KEEP || byTable.containsValue(SeededRows.KEEP);
    }

    Optional<SeededRows> policy() {
        return Optional.ofNullable(all);
    }

    Optional<SeededRows> policy(String table) {
        return Optional.ofNullable(byTable.get(Ascii.toLowerCase(table)));
    }
}
