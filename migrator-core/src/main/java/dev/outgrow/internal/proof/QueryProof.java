package dev.outgrow.internal.proof;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Compares two queries, and distinguishes a disagreement from a failure. */
final class QueryProof {
    private QueryProof() {}

    /**
     * Compares the rows of both.
     *
     * @param keys how many columns at the beginning are the key
     * @param limit the time for both together, after which they have failed; empty if they are certain to end
     */
    static Finding compare(RowsQuery source, RowsQuery target, int keys, Optional<Duration> limit)
            throws SQLException, InterruptedException {
        try (TimeLimit time = limit.map(TimeLimit::of).orElseGet(TimeLimit::none)) {
            try {
                return Scratch.run(
                        target.connection(), () -> new MultisetProof(source, target, keys, true, time).compare());
            } catch (SQLException e) {
                Finding late = time.finding();
                if (late != null) {
                    return late;
                }
                if (Scratch.isOfConnection(e)) {
                    throw e;
                }
                return Scratch.failure(e);
            }
        }
    }
}
