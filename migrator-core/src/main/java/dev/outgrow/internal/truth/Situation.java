package dev.outgrow.internal.truth;

import dev.outgrow.exception.WrongDatabaseException;
import java.util.Optional;

/**
 * What was found, and what follows from it.
 *
 * @param source the SQLite file
 * @param marker the marker beside it; empty if there is none, or if it cannot be read and the journal is enough
 * @param target what PostgreSQL says; empty if none is named, or if it cannot be asked
 * @param verdict what the truth table says
 */
public record Situation(SourceLook source, Optional<Marker> marker, Optional<TargetView> target, Verdict verdict) {
    /** What the journal claims. */
    public Optional<Claim> claim() {
        return target.flatMap(TargetView::claim);
    }

    /**
     * Which database is the right one.
     *
     * @throws WrongDatabaseException if the application must not start
     */
    public Verdict.Right demandRight() {
        if (verdict instanceof Verdict.Refused refused) {
            throw refused.exception();
        }
        return (Verdict.Right) verdict;
    }
}
