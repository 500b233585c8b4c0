package dev.outgrow.report;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * What a switch had from the copy that was made ahead of it. Made by the library; use the accessors.
 *
 * @param rowsTaken the rows that were there already, and were only compared
 * @param rowsApplied the rows that had been inserted, changed or deleted since, and were applied
 * @param loadedAnew the tables that were loaded as a whole, each with the reason
 * @param notUsed why the copy could not be used at all, so that everything was loaded anew, as a clause; empty if it was used
 */
public record CopiedAhead(long rowsTaken, long rowsApplied, List<String> loadedAnew, Optional<String> notUsed) {
    public CopiedAhead {
        loadedAnew = ImmutableList.copyOf(loadedAnew);
    }
}
