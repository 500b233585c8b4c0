package dev.outgrow.internal.switchover;

import com.google.common.base.Splitter;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.truth.Claim;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks for rows that were written to PostgreSQL after the way back read it: the next round would lose them. */
final class WrittenAfterwards {
    private final Connection connection;
    private final String schema;

    WrittenAfterwards(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /**
     * Checks that there are none; locks the tables until the transaction ends.
     *
     * @throws MigrationException {@code TARGET_NOT_EMPTY} if there are some
     */
    void demandNone(Claim claim, List<String> tables) throws SQLException {
        String seen = claim.frozen().seen();
        if (seen == null) {
            return;
        }
        List<String> written = new ArrayList<>();
        for (String table : new Preflight(connection, schema).there(tables)) {
            long rows = count(table, seen);
            if (rows > 0) {
                written.add(table + " (" + rows + (rows == 1 ? " row)" : " rows)"));
            }
        }
        if (!written.isEmpty()) {
            throw new MigrationException(
                    Reason.TARGET_NOT_EMPTY,
                    "PostgreSQL was written to after the data had gone back to SQLite: " + String.join(", ", written)
                            + ". Another switch would replace these rows.",
                    "carry over to SQLite by hand what counts of them, and delete them in PostgreSQL; then call again.",
                    null);
        }
    }

    /**
     * The transactions that were running then, and those that began later: no others can have written what was not
     * seen.
     */
    private long count(String table, String seen) throws SQLException {
        List<String> parts = Splitter.on(':').splitToList(seen);
        String running = parts.get(2).isEmpty() ? "-1" : parts.get(2);
        try (Statement statement = connection.createStatement()) {
            String name = Identifier.qualified(schema, table);
            statement.execute("LOCK TABLE " + name + " IN ACCESS EXCLUSIVE MODE");
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + name + " t WHERE"
                    + " (pg_catalog.txid_current() - pg_catalog.age(t.xmin)) >= " + parts.get(1)
                    + " OR (pg_catalog.txid_current() - pg_catalog.age(t.xmin)) IN (" + running + ")")) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
