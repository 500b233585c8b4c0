package dev.outgrow.internal.postgres;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * An answer that no PostgreSQL gives: that it does not understand a statement which each version understands. Another engine
 * behind PostgreSQL's protocol gives it, some before the driver has done its first statement (H2).
 */
final class ForeignAnswer {
    /** Syntax error, unknown function, table or column, not supported; H2's syntax error; QuestDB's every error. */
    private static final Set<String> NOT_UNDERSTOOD =
            Set.of("42601", "42883", "42P01", "42703", "0A000", "42001", "42000", "00000");

    /** An unknown setting: while connecting it can be one that the URL names. */
    private static final String UNDEFINED_OBJECT = "42704";

    private ForeignAnswer() {}

    /** What a failure of a statement of ours comes to: a refusal, or the failure itself if any PostgreSQL can have it. */
    static MigrationException of(SQLException failure) throws SQLException {
        String state = failure.getSQLState();
        if (UNDEFINED_OBJECT.equals(state)) {
            return refusal(state);
        }
        return whileConnecting(failure).orElseThrow(() -> failure);
    }

    /** Likewise of a failure of the driver's own first statements; empty if any PostgreSQL can have it. */
    static Optional<MigrationException> whileConnecting(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && NOT_UNDERSTOOD.contains(state) ? Optional.of(refusal(state)) : Optional.empty();
    }

    private static MigrationException refusal(String state) {
        return new MigrationException(
                Reason.TARGET_UNFIT,
                "What answers speaks PostgreSQL's protocol but is not PostgreSQL: it does not understand a statement that each"
                        + " PostgreSQL understands (SQLSTATE " + state
                        + "), so that nothing could be proven of a migration.",
                "migrate into a PostgreSQL server; see which server and port the URL names.",
                null);
    }
}
