package dev.outgrow.internal.truth;

import dev.outgrow.internal.journal.AheadRecord;
import dev.outgrow.internal.journal.Event;
import dev.outgrow.internal.journal.Events;
import dev.outgrow.internal.journal.Journal;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.journal.RunKind;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.TableReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Examines a target: what its journal claims, and whether the claimed tables exist. Reads only. */
public final class TargetLook {
    private static final String TABLES = """
            SELECT c.relname, ARRAY(SELECT a.attname::text FROM pg_attribute a
                                     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relkind IN ('r', 'p')
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
             ORDER BY c.relname""";

    private final Connection connection;
    private final TargetSchema schema;

    private TargetLook(Connection connection, TargetSchema schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /**
     * Examines them.
     *
     * @throws dev.outgrow.exception.MigrationException if the server cannot be reached or does not answer
     */
    public static TargetView at(PgServer server, TargetSchema schema) {
        try (Connection connection = server.open()) {
            return new TargetLook(connection, schema).view();
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the target");
        }
    }

    private TargetView view() throws SQLException {
        String name = PgServer.name(connection);
        Optional<RecordedRun> run = Journal.newest(connection, schema.name()).filter(TargetLook::isReal);
        List<Event> events = Events.all(connection);
        boolean rehearsalOnly = events.isEmpty() && Journal.hasRehearsalsOnly(connection);
        Optional<Claim> claim = claim(events, run);
        boolean gone = claim.isPresent() && claim.get().happened() != Happening.WITHDRAWN && tablesGone(run);
        return new TargetView(
                name,
                claim,
                run.isPresent() && !run.get().finished(),
                run.isPresent() ? AheadRecord.of(connection, run.get()) : Optional.empty(),
                rehearsalOnly,
                gone,
                claim.isPresent() ? List.of() : filled());
    }

    private static boolean isReal(RecordedRun run) {
        return run.kind() == RunKind.RUN;
    }

    /** A run that was finished without a switchover, before or after one, is a claim of its own. */
    private Optional<Claim> claim(List<Event> events, Optional<RecordedRun> run) {
        Optional<Claim> claimed = Claims.of(events, schema.name());
        Optional<RecordedRun> finished = run.filter(RecordedRun::finished);
        if (finished.isEmpty()) {
            return claimed;
        }
        long known = claimed.map(claim -> claim.frozen().run()).orElse(0L);
        return finished.get().id() > known ? Optional.of(Claims.of(finished.get(), schema.name())) : claimed;
    }

    private boolean tablesGone(Optional<RecordedRun> run) throws SQLException {
        Optional<MigrationReport> report =
                run.filter(RecordedRun::finished).flatMap(RecordedRun::report).map(MigrationReport::fromJson);
        if (report.isEmpty()) {
            return false;
        }
        List<String> tables =
                report.get().tables().stream().map(TableReport::targetName).toList();
        return !tables.isEmpty()
                && new Preflight(connection, schema.name()).there(tables).isEmpty();
    }

    /** Rows that a policy hides from the role are there all the same: the server says so rather than hide them. */
    private List<String> filled() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL row_security = off");
            return filledTables();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private List<String> filledTables() throws SQLException {
        List<String> filled = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, schema.name());
            try (ResultSet tables = statement.executeQuery()) {
                while (tables.next()) {
                    List<String> columns =
                            Arrays.asList((String[]) tables.getArray(2).getArray());
                    if (!isBook(tables.getString(1), columns) && hasRows(tables.getString(1))) {
                        filled.add(tables.getString(1));
                    }
                }
            }
        }
        return filled;
    }

    private boolean isBook(String table, List<String> columns) {
        ExistingSchema books =
                schema instanceof ExistingSchema existing ? existing : TargetSchema.existing(schema.name());
        return books.isBookkeeping(table, columns);
    }

    private boolean hasRows(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT EXISTS (SELECT 1 FROM " + Identifier.qualified(schema.name(), table) + ")")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
