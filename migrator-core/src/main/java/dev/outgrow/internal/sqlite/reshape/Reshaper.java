package dev.outgrow.internal.sqlite.reshape;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.source.ScratchCopy;
import dev.outgrow.internal.sqlite.source.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/**
 * Turns queries into tables, in a copy of the snapshot, so that everything that reads such a table reads what its query
 * gives. The queries themselves see the snapshot as it is. Each runs twice, and must give the same rows both times.
 */
public final class Reshaper {
    /**
     * Declared types that can be used in a CREATE TABLE as they are; others are left out, and with them the affinity.
     */
    private static final Pattern DECLARED = Pattern.compile("[\\w ]+(\\([\\d ,+-]+\\))?");

    private final Snapshot snapshot;

    public Reshaper(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * A table whose rows a query gives.
     *
     * @param name its name
     * @param sql the query
     * @param keys columns that may identify its rows, the best first
     */
    public record Wanted(String name, String sql, List<List<String>> keys) {
        public Wanted {
            sql = sql.strip().replaceFirst(";$", "");
            keys = ImmutableList.copyOf(keys);
        }
    }

    /**
     * What became of a query.
     *
     * @param table the table
     * @param objection why it was refused, as a clause; empty if it was not
     * @param rows how many rows it gives
     * @param replaced how many rows the source's table of that name has; empty if there is none
     * @param tables the source's tables that it reads
     */
    public record Made(
            Wanted table, Optional<String> objection, long rows, Optional<Long> replaced, Set<String> tables) {}

    /**
     * The copy with the tables in it.
     *
     * @param snapshot to be read instead of the original one; removed when it is closed
     * @param tables what became of the queries
     * @param orphans what became of orphans
     * @param aside the rows that were set aside; to be closed before the snapshot
     */
    public record Result(Snapshot snapshot, List<Made> tables, List<Link.Treated> orphans, AsideRows aside) {}

    private record Column(String name, String declared) {}

    /**
     * Rows of a table that are skipped, since the target has rows with their keys.
     *
     * @param table its name
     * @param terms expressions over a row, called {@code r}, that give its key as text
     * @param keys the keys
     */
    public record Passed(String table, List<String> terms, List<List<String>> keys) {
        public Passed {
            terms = ImmutableList.copyOf(terms);
            keys = ImmutableList.copyOf(keys);
        }
    }

    /** Makes the tables, removes the rows to skip, and treats the orphans of foreign keys. */
    public Result make(List<Wanted> wanted, List<Passed> passed, List<Link> links) {
        ScratchCopy scratch = ScratchCopy.of(snapshot);
        boolean made = false;
        try (Connection original = snapshot.open();
                Connection copy = scratch.openToWrite()) {
            TextEncoding encoding = TextEncoding.of(original);
            List<Made> tables = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                tables.add(make(original, copy, wanted.get(i), stage(i), encoding));
            }
            if (!tables.isEmpty()) {
                publish(copy, tables);
            }
            for (Passed each : passed) {
                PassedRows.takeOut(copy, each);
            }
            AsideRows aside = new AsideRows(scratch.openBeside("aside"));
            List<Link.Treated> orphans =
                    links.isEmpty() ? List.of() : new OrphanTreatment(copy, encoding, aside).treat(links);
            Result result = new Result(scratch.frozen(), tables, orphans, aside);
            made = true;
            return result;
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "reshaping tables");
        } finally {
            if (!made) {
                scratch.close();
            }
        }
    }

    private static String stage(int number) {
        return "outgrow_reshaped_" + number;
    }

    private static Made make(Connection original, Connection copy, Wanted table, String stage, TextEncoding encoding)
            throws SQLException {
        QueryInspection inspection = QueryInspection.of(original, table.sql());
        if (inspection.objection().isPresent()) {
            return new Made(table, inspection.objection(), 0, Optional.empty(), inspection.tables());
        }
        Optional<Long> replaced = rowsOf(original, table.name());
        try {
            List<Column> columns = columns(original, table.sql());
            RowSum once = RowSum.of(original, QueryInspection.rows(table.sql()), columns.size(), encoding);
            for (List<Column> tried : List.of(columns, undeclared(columns))) {
                fill(copy, table, stage, tried);
                if (RowSum.of(copy, "SELECT * FROM main." + stage, columns.size(), encoding)
                        .equals(once)) {
                    return new Made(table, Optional.empty(), once.rows(), replaced, inspection.tables());
                }
            }
        } catch (MigrationException e) {
            return new Made(table, Optional.of(SqliteFailure.says(e)), 0, replaced, inspection.tables());
        } catch (SQLException e) {
            return new Made(
                    table,
                    Optional.of("SQLite could not run it: " + SqliteFailure.says(e)),
                    0,
                    replaced,
                    inspection.tables());
        }
        return new Made(
                table,
                Optional.of("it was run twice and did not give the same rows"),
                0,
                replaced,
                inspection.tables());
    }

    private static Optional<Long> rowsOf(Connection original, String table) throws SQLException {
        try (PreparedStatement there = original.prepareStatement(
                "SELECT name FROM main.sqlite_schema" + " WHERE type = 'table' AND name = ? COLLATE NOCASE")) {
            there.setString(1, table);
            try (ResultSet row = there.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
            }
        }
        try (Statement statement = original.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM main." + SqliteName.quote(table))) {
            row.next();
            return Optional.of(row.getLong(1));
        }
    }

    /** The columns that a query gives, with the declared types of those that come from a table. */
    private static List<Column> columns(Connection original, String sql) throws SQLException {
        try (PreparedStatement statement = original.prepareStatement(QueryInspection.rows(sql))) {
            DB database = original.unwrap(SQLiteConnection.class).getDatabase();
            long pointer = ((CoreStatement) statement).pointer.safeRunLong((db, raw) -> raw);
            List<Column> columns = new ArrayList<>();
            for (int i = 0; i < database.column_count(pointer); i++) {
                String declared = database.column_decltype(pointer, i);
                columns.add(new Column(
                        database.column_name(pointer, i),
                        declared != null && DECLARED.matcher(declared).matches() ? declared : ""));
            }
            return columns;
        }
    }

    /** In a compound query the first part gives the types, which must not change the values of the other parts. */
    private static List<Column> undeclared(List<Column> columns) {
        return columns.stream().map(column -> new Column(column.name(), "")).toList();
    }

    /** Makes the table with the first key that identifies its rows, or without a key. */
    private static void fill(Connection copy, Wanted table, String stage, List<Column> columns) throws SQLException {
        List<List<String>> keys = new ArrayList<>(table.keys());
        keys.add(List.of());
        for (List<String> key : keys) {
            List<String> exact = columns.stream()
                    .map(Column::name)
                    .filter(name -> key.stream().anyMatch(part -> Identifiers.same(part, name)))
                    .toList();
            if (exact.size() == key.size() && fills(copy, table, stage, columns, exact)) {
                return;
            }
        }
    }

    private static boolean fills(Connection copy, Wanted table, String stage, List<Column> columns, List<String> key)
            throws SQLException {
        String list = columns.stream()
                .map(column -> SqliteName.quote(column.name()) + " " + column.declared())
                .collect(joining(", "));
        String primary = key.isEmpty()
                ? ""
                : ", PRIMARY KEY (" + key.stream().map(SqliteName::quote).collect(joining(", ")) + ")";
        try (Statement statement = copy.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS main." + stage);
            statement.execute("CREATE TABLE main." + stage + " (" + list + primary + ")");
            try {
                statement.execute("INSERT INTO main." + stage + " " + QueryInspection.rows(table.sql()));
            } catch (SQLException e) {
                int code = SqliteFailure.primaryCode(e);
                if (!key.isEmpty()
                        && (code == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                                || code == SQLiteErrorCode.SQLITE_MISMATCH.code)) {
                    return false;
                }
                throw e;
            }
            return key.isEmpty() || !anyNull(statement, stage, key);
        }
    }

    private static boolean anyNull(Statement statement, String stage, List<String> key) throws SQLException {
        String condition = key.stream()
                .map(column -> SqliteName.quote(column) + " IS NULL")
                .collect(joining(" OR "));
        try (ResultSet row =
                statement.executeQuery("SELECT EXISTS (SELECT 1 FROM main." + stage + " WHERE " + condition + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Gives the tables their names, and drops views, since they may name columns that no longer exist. */
    private static void publish(Connection copy, List<Made> tables) throws SQLException {
        try (Statement statement = copy.createStatement()) {
            statement.execute("PRAGMA legacy_alter_table = ON");
            for (String view : names(statement, "type = 'view'")) {
                statement.execute("DROP VIEW main." + SqliteName.quote(view));
            }
            Set<String> replaced = new LinkedHashSet<>(names(statement, "type = 'table'"));
            for (Made made : tables) {
                for (String name : replaced) {
                    if (Identifiers.same(name, made.table().name())) {
                        statement.execute("DROP TABLE main." + SqliteName.quote(name));
                    }
                }
            }
            for (int i = 0; i < tables.size(); i++) {
                if (tables.get(i).objection().isPresent()) {
                    statement.execute("DROP TABLE IF EXISTS main." + stage(i));
                } else {
                    statement.execute("ALTER TABLE main." + stage(i) + " RENAME TO "
                            + SqliteName.quote(tables.get(i).table().name()));
                }
            }
        }
    }

    private static List<String> names(Statement statement, String which) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("SELECT name FROM main.sqlite_schema WHERE " + which)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
