package dev.outgrow.internal.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** How the journal forgets a target schema. */
public final class Forgetting {
    private Forgetting() {}

    /**
     * Drops the records of every run into a target schema, what unfinished runs have made, and staging schemas of that
     * target that no record mentions. What was published stays.
     *
     * @param connection the session that holds the lock, in autocommit mode
     * @return whether there was something
     */
    public static boolean forget(Connection connection, String targetSchema) throws SQLException {
        boolean found = false;
        Optional<RecordedRun> newest = Journal.newest(connection, targetSchema);
        if (newest.isPresent() && !newest.get().finished()) {
            found = Discarding.discard(connection, newest.get(), targetSchema);
        }
        connection.setAutoCommit(false);
        if (Journal.newest(connection, targetSchema).isPresent()) {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM outgrow.run WHERE target_schema = ?")) {
                statement.setString(1, targetSchema);
                found |= statement.executeUpdate() > 0;
            }
            Layout.dropIfEmpty(connection);
        }
        connection.commit();
        for (String schema : StagingSchema.of(connection, targetSchema)) {
            new Remains(connection, schema).drop();
            StagingSchema.drop(connection, schema);
            connection.commit();
            found = true;
        }
        connection.setAutoCommit(true);
        return found;
    }
}
