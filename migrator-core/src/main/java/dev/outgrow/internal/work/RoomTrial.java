package dev.outgrow.internal.work;

import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.Statement.Doubtful;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.limits.EntryTrial;
import dev.outgrow.internal.limits.Limits;
import dev.outgrow.internal.limits.RowTrial;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Asks the server whether it accepts the rows of a plan that are near its limits: too big for a page, or too long for
 * an index. Only those rows are sent, into temporary tables, in a transaction that the caller rolls back.
 */
public final class RoomTrial {
    private static final String CREATE = "CREATE TABLE ";
    private static final String MODEL = "pg_temp.outgrow_model";
    private static final String ROWS = "pg_temp.outgrow_rows";
    private static final String WHOLE = "outgrow_whole";

    /** The shape of a table, without anything that refuses or fills rows. */
    private static final String ALIKE = " (LIKE " + MODEL
            + " INCLUDING ALL EXCLUDING CONSTRAINTS EXCLUDING DEFAULTS EXCLUDING IDENTITY EXCLUDING INDEXES";

    /** SQLite cannot add up more sizes than its expressions may be deep. */
    private static final int MOST_SIZES = 900;

    private final Connection postgres;
    private final Map<String, TableCensus> census;
    private final RowSource source;
    private final TableCopier copier;
    private final Map<String, Evidence> refused = new LinkedHashMap<>();

    /**
     * A trial.
     *
     * @param postgres a session in a transaction that the caller rolls back, which finds the types of the plan
     * @param census of each table, by name
     * @param source the snapshot
     */
    public RoomTrial(Connection postgres, Map<String, TableCensus> census, RowSource source) {
        this.postgres = postgres;
        this.census = census;
        this.source = source;
        this.copier = new TableCopier(source, postgres);
    }

    /** Whether a plan has anything to ask. */
    public static boolean isNeeded(Blueprint blueprint, Map<String, TableCensus> census) {
        return blueprint.tables().stream()
                .anyMatch(table -> rowsInDoubt(table, census)
                        || table.allIndexes().anyMatch(index -> index.doubtful().isPresent()));
    }

    /** The rows that the server refuses, by the id of the notice. */
    public Map<String, Evidence> refused(Blueprint blueprint) throws SQLException {
        for (TableBlueprint table : blueprint.tables()) {
            if (table.mapping().columns().size() > Limits.COLUMNS) {
                continue;
            }
            if (rowsInDoubt(table, census)) {
                rows(table);
            }
            if (refused.containsKey(limit(table))) {
                continue;
            }
            for (Statement index : table.allIndexes().toList()) {
                if (index.doubtful().isPresent()) {
                    entries(table, index, index.doubtful().get());
                }
            }
        }
        return refused;
    }

    private static boolean rowsInDoubt(TableBlueprint table, Map<String, TableCensus> census) {
        return RowTrial.isNeeded(
                table.mapping().columns(),
                Objects.requireNonNull(census.get(table.source().name())));
    }

    private void rows(TableBlueprint table) throws SQLException {
        Savepoint before = postgres.setSavepoint();
        try {
            model(table);
            execute("ALTER TABLE " + MODEL + " ADD COLUMN " + WHOLE + " boolean");
            Evidence tooBig = new RowTrial(postgres, source).tooBig(table.source(), MODEL, WHOLE, copied(table));
            if (tooBig.count() > 0) {
                refused.put(limit(table), tooBig);
            }
        } finally {
            postgres.rollback(before);
        }
    }

    private void entries(TableBlueprint table, Statement index, Doubtful doubtful) throws SQLException {
        Savepoint before = postgres.setSavepoint();
        try {
            model(table);
            String tried = "pg_temp." + Identifier.quote(table.targetName());
            execute("CREATE TEMPORARY TABLE " + unqualified(ROWS) + ALIKE + ")");
            execute("CREATE TEMPORARY TABLE " + Identifier.quote(table.targetName()) + ALIKE + " EXCLUDING GENERATED)");
            for (String column : table.expectations().notNull()) {
                execute("ALTER TABLE " + ROWS + " ALTER COLUMN " + Identifier.quote(column) + " DROP NOT NULL");
                execute("ALTER TABLE " + tried + " ALTER COLUMN " + Identifier.quote(column) + " DROP NOT NULL");
            }
            execute("ALTER TABLE " + ROWS + " ADD COLUMN " + WHOLE + " boolean");
            execute("ALTER TABLE " + tried + " ADD COLUMN " + WHOLE + " boolean");
            List<String> key =
                    table.source().primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of());
            List<ColumnMapping> copied = copied(table).stream()
                    .filter(column ->
                            doubtful.columns().isEmpty() || names(doubtful.columns(), column) || names(key, column))
                    .toList();
            List<String> names =
                    copied.stream().map(column -> column.column().name()).toList();
            List<String> sized = names.stream()
                    .filter(name -> doubtful.columns().isEmpty() || has(doubtful.columns(), name))
                    .limit(MOST_SIZES)
                    .toList();
            // A key of columns that PostgreSQL computes from others may be long where they are not.
            RowQuery rows = sized.size() < doubtful.columns().size() || sized.size() == MOST_SIZES
                    ? RowQuery.all(table.source(), names)
                    : RowQuery.larger(table.source(), names, sized, source.encoding(), doubtful.bytes());
            copier.copyWhatFits(table.source(), ROWS, copied, rows, WHOLE);
            List<String> keyColumns = copied.stream()
                    .filter(column -> names(key, column))
                    .map(ColumnMapping::targetName)
                    .toList();
            Evidence tooLong = new EntryTrial(postgres).refused(ROWS, "r." + WHOLE, tried, index.sql(), keyColumns);
            if (tooLong.count() > 0) {
                refused.put(doubtful.id(), tooLong);
            }
        } finally {
            postgres.rollback(before);
        }
    }

    private static String limit(TableBlueprint table) {
        return NoticeKind.LIMIT.id(table.source().name());
    }

    private void model(TableBlueprint table) throws SQLException {
        execute("CREATE TEMPORARY TABLE " + table.create().sql().substring(CREATE.length()));
        execute("ALTER TABLE pg_temp." + Identifier.quote(table.targetName()) + " RENAME TO " + unqualified(MODEL));
    }

    private static String unqualified(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    private static List<ColumnMapping> copied(TableBlueprint table) {
        return table.mapping().columns().stream()
                .filter(column -> !table.computed().contains(column.targetName()))
                .toList();
    }

    private static boolean names(List<String> names, ColumnMapping column) {
        return has(names, column.column().name());
    }

    private static boolean has(List<String> names, String name) {
        return names.stream().anyMatch(other -> Identifiers.same(other, name));
    }

    private void execute(String sql) throws SQLException {
        try (java.sql.Statement statement = postgres.createStatement()) {
            statement.execute(sql);
        }
    }
}
