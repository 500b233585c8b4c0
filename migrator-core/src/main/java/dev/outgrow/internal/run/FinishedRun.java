package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.journal.Journal;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.work.ReportDraft;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.TableReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the result of a finished run is still there. An app may empty a table, and a database that was dumped and
 * restored has new tables with the same rows: neither is a loss. These are: a table that is gone; a table that was
 * recreated without rows although others were not; and if every table that had rows is empty.
 */
final class FinishedRun {
    private static final String RELATIONS = """
            SELECT c.relname, c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ANY (?) AND c.relkind IN ('r', 'p', 'f', 'v', 'm')""";

    private final Connection connection;
    private final String schema;
    private final RecordedRun run;

    FinishedRun(Connection connection, String schema, RecordedRun run) {
        this.connection = connection;
        this.schema = schema;
        this.run = run;
    }

    /**
     * The recorded report.
     *
     * @throws MigrationException if its result is not there any more
     */
    MigrationReport report() throws SQLException {
        Optional<String> lost = lost();
        if (lost.isPresent()) {
            throw new MigrationException(
                    Reason.TARGET_CHANGED,
                    "The journal has a finished migration into schema " + schema + " (begun " + run.startedAt()
                            + "), but " + lost.get() + ".",
                    "restore the PostgreSQL database from a backup; or, to migrate once more from the SQLite file as it is, drop"
                            + " what is left of its tables, call forget(), and then run().",
                    null);
        }
        return recorded();
    }

    private MigrationReport recorded() {
        return ReportDraft.recorded(run.report().orElseThrow());
    }

    /** What is missing of the result, as a clause; empty if nothing is. */
    Optional<String> lost() throws SQLException {
        MigrationReport done = recorded();
        List<String> tables =
                done.tables().stream().map(TableReport::targetName).toList();
        Map<String, Long> there = there(tables);
        List<String> missing =
                tables.stream().filter(table -> !there.containsKey(table)).toList();
        if (!missing.isEmpty()) {
            return Optional.of(
                    missing.size() == tables.size()
                            ? "none of its " + tables.size() + " tables is there any more"
                            : missing.size() + " of its " + tables.size() + " tables are missing: " + named(missing));
        }
        List<String> filled = done.tables().stream()
                .filter(table -> table.rows() > 0)
                .map(TableReport::targetName)
                .toList();
        List<String> empty = new ArrayList<>();
        for (String table : filled) {
            if (isEmpty(table)) {
                empty.add(table);
            }
        }
        if (!filled.isEmpty() && empty.equals(filled)) {
            return Optional.of("every table to which it brought rows is empty");
        }
        Map<String, Long> published = Journal.published(connection, run);
        List<String> anew = tables.stream()
                .filter(table ->
                        published.containsKey(table) && !published.get(table).equals(there.get(table)))
                .toList();
        List<String> emptied = anew.stream().filter(empty::contains).toList();
        return emptied.isEmpty() || anew.size() == tables.size()
                ? Optional.empty()
                : Optional.of("tables were made anew since and hold no row: " + named(emptied));
    }

    private Map<String, Long> there(List<String> tables) throws SQLException {
        Map<String, Long> there = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(RELATIONS)) {
            statement.setString(1, schema);
            statement.setArray(2, connection.createArrayOf("text", tables.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    there.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return there;
    }

    private boolean isEmpty(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT NOT EXISTS (SELECT 1 FROM " + Identifier.qualified(schema, table) + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static String named(List<String> tables) {
        return String.join(", ", tables.subList(0, Math.min(20, tables.size()))) + (tables.size() > 20 ? ", …" : "");
    }
}
