package dev.outgrow.internal.truth;

import dev.outgrow.internal.journal.Events;
import dev.outgrow.internal.journal.Journal;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.wayback.TargetShape;
import dev.outgrow.internal.work.KeptCensus;
import dev.outgrow.report.MigrationReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Records events in the journal of a target, each in the transaction that made it true. */
public final class EventLog {
    /** Work in a transaction. */
    @FunctionalInterface
    public interface Work {
        void in(Connection connection) throws SQLException;
    }

    private final PgServer server;

    public EventLog(PgServer server) {
        this.server = server;
    }

    /** Records an event together with the work that makes it true. */
    public void record(String migrationId, Happening happened, Frozen frozen, Work work) {
        try (Connection connection = server.open()) {
            connection.setAutoCommit(false);
            try {
                work.in(connection);
                append(connection, migrationId, happened, frozen);
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "recording " + happened);
        }
    }

    /** Records an event in the transaction of a connection. */
    public static void append(Connection connection, String migrationId, Happening happened, Frozen frozen)
            throws SQLException {
        Events.record(connection, migrationId, happened.name(), frozen.toJson());
    }

    /** What a schema's events claim, as the transaction of a connection sees them. */
    public static Optional<Claim> claim(Connection connection, String schema) throws SQLException {
        return Claims.of(Events.all(connection), schema);
    }

    /**
     * Records the publication of a run, in the transaction of the run.
     *
     * @param census what the run counted in the file's own rows; empty if it read others
     */
    public static void published(
            Connection connection, String migrationId, Frozen begun, List<String> views, Optional<KeptCensus> census)
            throws SQLException {
        RecordedRun run = Journal.newest(connection, begun.schema()).orElseThrow();
        MigrationReport report = MigrationReport.fromJson(run.report().orElseThrow());
        append(
                connection,
                migrationId,
                Happening.PUBLISHED,
                begun.published(
                        run.id(),
                        run.sourceFingerprint(),
                        report.backup().orElse(null),
                        views,
                        TargetShape.of(connection, begun.schema()),
                        census.map(KeptCensus::text).orElse(null)));
    }

    /** The report of the newest run that was finished. */
    public Optional<MigrationReport> report(String schema) {
        return report(schema, RecordedRun::finished);
    }

    /** The report of a run, if it is still the newest one. */
    public Optional<MigrationReport> report(String schema, long run) {
        return report(schema, newest -> newest.finished() && newest.id() == run);
    }

    private Optional<MigrationReport> report(String schema, Predicate<RecordedRun> which) {
        try (Connection connection = server.open()) {
            return Journal.newest(connection, schema)
                    .filter(which)
                    .flatMap(RecordedRun::report)
                    .map(MigrationReport::fromJson);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "reading the journal");
        }
    }
}
