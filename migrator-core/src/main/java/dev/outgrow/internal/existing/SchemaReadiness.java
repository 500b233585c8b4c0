package dev.outgrow.internal.existing;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.option.ExistingSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Checks whether the app's tables exist, and calls its migrations if they do not. */
public final class SchemaReadiness {
    private static final String FILLED = """
            SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                            WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
                              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                               WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
                                                 AND d.deptype = 'e'))""";

    private static final String OTHERS = """
            SELECT pg_catalog.string_agg(DISTINCT n.nspname::text, ', ')
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
               AND n.nspname NOT LIKE 'outgrow%'""";

    private final ExistingSchema schema;
    private final Connection connection;

    public SchemaReadiness(ExistingSchema schema, Connection connection) {
        this.schema = schema;
        this.connection = connection;
    }

    /**
     * Calls the app's migrations if the schema is empty and they were given.
     *
     * @throws MigrationException if it is still empty then, or they failed
     */
    public void prepare(PgServer server) {
        if (schema.preparation().isPresent() && !isFilled()) {
            try {
                schema.preparation().get().prepare(server.dataSource());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MigrationException(
                        Reason.INTERRUPTED, "Interrupted in the app's own migrations.", "call run() again.", e);
            } catch (Exception e) {
                throw new MigrationException(
                        Reason.PREPARATION_FAILED,
                        "The app's own migrations, which were to make the tables of schema " + schema.name()
                                + ", failed with " + e.getClass().getName() + ".",
                        "fix the error below, then call run() again. No row was written by this library.",
                        e);
            }
        }
        demand();
    }

    /**
     * Checks whether there are tables.
     *
     * @throws MigrationException if there are none
     */
    public void demand() {
        if (!isFilled()) {
            throw new MigrationException(
                    Reason.TARGET_EMPTY,
                    "Schema " + schema.name() + " of the target has no tables." + others(),
                    schema.preparation().isPresent()
                            ? "run() has the app's migrations make them first; a plan can be made once they are there."
                            : "run the app's own migrations first, or give them: .into(TargetSchema.existing(\""
                                    + schema.name() + "\").preparedBy(dataSource -> …)).",
                    null);
        }
    }

    /** The schemas that have tables, in case the caller gave the wrong name. */
    private String others() {
        try (PreparedStatement statement = connection.prepareStatement(OTHERS);
                ResultSet row = statement.executeQuery()) {
            row.next();
            String names = row.getString(1);
            return names == null ? "" : " Schemas that have tables: " + names + ".";
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the schemas");
        }
    }

    /** Whether there are tables. */
    public boolean isFilled() {
        try (PreparedStatement statement = connection.prepareStatement(FILLED)) {
            statement.setString(1, schema.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at schema " + schema.name());
        }
    }
}
