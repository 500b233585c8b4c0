package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * What a foreign key refers to. Its actions are not repeated here: {@code PRAGMA foreign_key_list} knows them. Immutable.
 *
 * @param parent the table
 * @param columns its columns; empty if they are those of its primary key
 * @param match the MATCH clause
 * @param deferrable whether it is DEFERRABLE
 * @param initiallyDeferred whether it is DEFERRABLE INITIALLY DEFERRED
 */
public record Reference(
        Name parent, List<Name> columns, Optional<Name> match, boolean deferrable, boolean initiallyDeferred) {
    public Reference {
        columns = ImmutableList.copyOf(columns);
    }

    Reference deferred(boolean nowDeferrable, boolean nowInitiallyDeferred) {
        return new Reference(parent, columns, match, nowDeferrable, nowInitiallyDeferred);
    }
}
