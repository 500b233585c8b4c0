package dev.outgrow.internal.existing;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.ServerFailure;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/**
 * Rows of the target in tables that are not loaded. If they point to rows that the source's were to replace, and that it does not have,
 * their foreign keys cannot be recreated.
 *
 * @param schema the schema that is loaded
 * @param loaded its tables that are
 */
record ForeignRows(String schema, Set<String> loaded) {
    /** What to say of a foreign key that could not be recreated. */
    MigrationException of(SQLException failure) {
        MigrationException plain = ServerFailure.of(failure, "recreating the foreign keys of the target");
        @Nullable
        ServerErrorMessage server = failure instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (server == null
                || !PSQLState.FOREIGN_KEY_VIOLATION.getState().equals(failure.getSQLState())
                || server.getTable() == null
                || server.getSchema() == null
                || (server.getSchema().equals(schema) && loaded.contains(server.getTable()))) {
            return plain;
        }
        String table = Identifier.qualified(server.getSchema(), server.getTable());
        return new MigrationException(
                Reason.VALUE_REFUSED,
                "Rows of table " + table + " of the target, which is not loaded, point by the foreign key "
                        + server.getConstraint()
                        + " to rows that the source does not have, and that its rows were to replace.",
                "nothing was published. Delete these rows of " + table
                        + " first, or keep the rows that they point to, by SeededRows.KEEP; then call run() again.",
                plain);
    }
}
