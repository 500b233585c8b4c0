package dev.outgrow.internal.truth;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.journal.AheadRecord;
import java.util.List;
import java.util.Optional;

/**
 * What a PostgreSQL database says of a migration into one of its schemas. Immutable.
 *
 * @param name the server and database, without user and password
 * @param claim what its journal claims; empty if nothing was ever published
 * @param unfinished whether its journal has a run that has not ended
 * @param ahead what it says of a copy that was made ahead of a switch; empty if it has none
 * @param rehearsalOnly whether its journal has rehearsals and nothing else
 * @param tablesGone whether none of the published tables is there
 * @param filled the tables with rows, except for the books of migration tools; determined only if there is no claim
 */
public record TargetView(
        String name,
        Optional<Claim> claim,
        boolean unfinished,
        Optional<AheadRecord> ahead,
        boolean rehearsalOnly,
        boolean tablesGone,
        List<String> filled) {
    public TargetView {
        filled = ImmutableList.copyOf(filled);
    }
}
