package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.joining;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.postgres.CitusTransaction;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.RoutineFailure;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.existing.SearchPath;
import dev.outgrow.internal.postgres.existing.SpreadTable;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.source.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries on Citus whether rows can be written where they will lie, if functions of the app see them on their way: in CHECKs,
 * defaults, generated columns, indexes and triggers that work. Such a function runs beside the rows, on whichever server has
 * them, and Citus refuses it there if it asks tables that are managed themselves. Some rows are copied into a table that is like the
 * real one, in a transaction that is rolled back.
 */
public final class ShardTrial {
    /** A function may ask no table for some rows, such as those with NULL. */
    private static final int TRIED_ROWS = 200;

    /** Classes of SQLSTATE that concern a row: other steps of the plan name it. */
    private static final List<String> OF_ROWS = List.of("22", "23", "54", "P0", "38", "39");

    private final Connection postgres;
    private final String schema;
    private final Snapshot snapshot;
    private final PlannedFilling planned;

    /**
     * A trial.
     *
     * @param postgres a session of a target that has Citus, in auto-commit mode
     */
    public ShardTrial(Connection postgres, String schema, Snapshot snapshot, PlannedFilling planned) {
        this.postgres = postgres;
        this.schema = schema;
        this.snapshot = snapshot;
        this.planned = planned;
    }

    /**
     * Tries the tables of which that is doubtful.
     *
     * @throws MigrationException naming those that cannot be filled, with the words of Citus
     */
    public void demand() throws SQLException {
        Map<String, String> refused = new LinkedHashMap<>();
        Optional<MigrationException> cause = Optional.empty();
        try (Connection sqlite = snapshot.open()) {
            RowSource rows = RowSource.of(sqlite, planned.encoding());
            for (SpreadTable spread : SpreadTable.withFunctions(postgres, schema, planned.fired())) {
                Optional<ExistingTable> table = planned.plan().tables().stream()
                        .filter(each -> each.mapping().targetName().equals(spread.name()))
                        .findFirst();
                if (table.isEmpty()
                        || table.get().census().rows() == 0
                        || table.get().read().isEmpty()) {
                    continue;
                }
                Optional<MigrationException> refusal = refusal(table.get(), spread, rows);
                if (refusal.isPresent()) {
                    refused.put(spread.name(), spread.name() + " (" + String.join(", ", spread.functions()) + ")");
                    cause = refusal;
                }
            }
        }
        if (!refused.isEmpty()) {
            throw new MigrationException(
                    Reason.TARGET_UNFIT,
                    "Citus cannot fill " + String.join(", ", refused.values()) + " in schema " + schema
                            + ": in the brackets are functions that a CHECK, a default, a generated column, an index or a trigger calls"
                            + " for each row, on the server where it lies. " + words(cause.orElseThrow()),
                    "let these functions query no table, or let the app's migrations make what calls them after the run; or keep the"
                            + " tables on the coordinator alone: "
                            + refused.keySet().stream()
                                    .map(table -> "SELECT undistribute_table("
                                            + Identifier.literal(Identifier.qualified(schema, table)) + ");")
                                    .collect(joining(" ")),
                    cause.get());
        }
    }

    private static String words(MigrationException refusal) {
        return String.valueOf(refusal.getMessage()).lines().findFirst().orElse("");
    }

    private Optional<MigrationException> refusal(ExistingTable table, SpreadTable spread, RowSource rows)
            throws SQLException {
        String trial = Identifier.qualified(schema, "outgrow_trial");
        postgres.setAutoCommit(false);
        try {
            CitusTransaction.ready(postgres);
            SearchPath path = SearchPath.ofNothing(postgres);
            try {
                make(trial, table, spread);
            } catch (SQLException e) {
                if (ServerFailure.of(e, "trying").reason().resumable()) {
                    throw e;
                }
                // What cannot be tried here may work all the same.
                return Optional.empty();
            }
            path.ofTheApp(schema);
            copy(trial, table, rows);
            return Optional.empty();
        } catch (MigrationException e) {
            return judged(e, spread);
        } finally {
            postgres.rollback();
            postgres.setAutoCommit(true);
        }
    }

    /** Whether Citus refuses what a function does. Of such a failure it tells a COPY sometimes no more than what is missing. */
    private static Optional<MigrationException> judged(MigrationException failure, SpreadTable spread) {
        String state = failure.getCause() instanceof SQLException cause ? String.valueOf(cause.getSQLState()) : "";
        boolean ofRoutine =
                failure.getCause() instanceof RoutineFailure && OF_ROWS.stream().noneMatch(state::startsWith);
        // A session to another server that the rows occupy is no server out of reach.
        boolean occupied = ofRoutine && state.startsWith("08");
        if (failure.reason().resumable() && !occupied) {
            throw failure;
        }
        // What the coordinator alone has is missing on the other servers, where the rows of a local table do not come.
        boolean refused = occupied
                || failure.reason() == Reason.TARGET_UNFIT
                || (!spread.isLocal() && (ofRoutine || state.startsWith("42")));
        return refused ? Optional.of(failure) : Optional.empty();
    }

    /** A table like the real one, which draws from none of its sequences. */
    private void make(String trial, ExistingTable table, SpreadTable spread) throws SQLException {
        List<String> statements = new ArrayList<>();
        String real = Identifier.qualified(schema, spread.name());
        statements.add("CREATE TABLE " + trial + " (LIKE " + real
                + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING INDEXES)");
        for (TargetColumn column : table.pair().target().columns()) {
            if (column.sequence().isPresent()) {
                statements.add("ALTER TABLE " + trial + " ALTER COLUMN " + Identifier.quote(column.name())
                        + " SET DEFAULT pg_catalog.trunc(pg_catalog.random() * 30000)");
            }
        }
        spread.triggers()
                .forEach(trigger -> statements.add(trigger.replace(" ON " + real + " ", " ON " + trial + " ")));
        statements.add(spread.spreading(trial));
        try (Statement statement = postgres.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
        }
    }

    private void copy(String trial, ExistingTable table, RowSource rows) {
        List<String> names =
                table.read().stream().map(column -> column.column().name()).toList();
        RowQuery all = RowQuery.all(table.pair().source(), names);
        new TableCopier(rows, postgres)
                .copy(
                        table.pair().source(),
                        trial,
                        table.read(),
                        table.making(),
                        RowQuery.of(all.subject(), all.sql() + " LIMIT " + TRIED_ROWS, names.size()),
                        (count, bytes) -> {});
    }
}
