package dev.outgrow.internal.limits;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.KeyText;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowRange;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.Rowid;
import dev.outgrow.internal.sqlite.read.Rows;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the rows that are too big for a page of PostgreSQL even with their long values stored out of line. Rows near
 * the limit are sent to the server one by one, into a table that the caller throws away: only the server knows how well
 * a value compresses.
 */
public final class RowTrial {
    private static final String PROGRAM_LIMIT_EXCEEDED = "54000";
    private static final int MOST_TRIED = 5000;
    private static final int MOST_FOUND = 1000;

    private final Connection postgres;
    private final RowSource source;
    private final TableCopier copier;

    /**
     * A trial.
     *
     * @param postgres a session in a transaction that the caller rolls back
     * @param source the snapshot
     */
    public RowTrial(Connection postgres, RowSource source) {
        this.postgres = postgres;
        this.source = source;
        this.copier = new TableCopier(source, postgres);
    }

    /** Whether a table may have such rows at all, by its census. */
    public static boolean isNeeded(List<ColumnMapping> columns, TableCensus census) {
        return new RowRoom(columns).mayOverflow(census);
    }

    /**
     * The rows that are too big.
     *
     * @param place a table of these columns, as SQL writes it, with a last column for whether all values fit
     * @param whole the name of that last column
     * @param columns the columns that are copied
     */
    public Evidence tooBig(SqliteTable table, String place, String whole, List<ColumnMapping> columns)
            throws SQLException {
        List<String> names =
                columns.stream().map(column -> column.column().name()).toList();
        long found = 0;
        List<String> keys = new ArrayList<>();
        for (LargeRow candidate : candidates(table, columns, names)) {
            if (found < MOST_FOUND && !fits(table, place, whole, columns, candidate.query())) {
                found++;
                if (keys.size() < Evidence.MOST_KEYS && !candidate.key().isEmpty()) {
                    keys.add(candidate.key());
                }
            }
        }
        return new Evidence(found, keys);
    }

    private record LargeRow(String key, RowQuery query) {}

    private List<LargeRow> candidates(SqliteTable table, List<ColumnMapping> columns, List<String> names) {
        List<LargeRow> candidates = new ArrayList<>();
        RowRoom room = new RowRoom(columns);
        Optional<String> rowid = Rowid.nameIn(table);
        RowQuery all =
                rowid.isPresent() ? RowQuery.rangeWithRowid(table, names, RowRange.ALL) : RowQuery.all(table, names);
        try (Rows rows = source.open(all)) {
            KeyText key = KeyText.of(table, names, rows.slots());
            for (long row = 0; candidates.size() < MOST_TRIED && rows.next(); row++) {
                if (room.mayOverflow(rows.slots())) {
                    String which = rowid.isPresent()
                            ? " WHERE r." + rowid.get() + " = " + rows.slots()[names.size()].integer()
                            : " LIMIT 1 OFFSET " + row;
                    String list = String.join(
                            ", ",
                            names.stream()
                                    .map(name -> "r." + SqliteName.quote(name))
                                    .toList());
                    candidates.add(new LargeRow(
                            key.text(),
                            RowQuery.of(
                                    "table " + table.name(),
                                    "SELECT " + list + " FROM main." + SqliteName.quote(table.name())
                                            + " AS r NOT INDEXED" + which,
                                    names.size())));
                }
            }
        }
        return candidates;
    }

    private boolean fits(SqliteTable table, String place, String whole, List<ColumnMapping> columns, RowQuery row)
            throws SQLException {
        Savepoint before = postgres.setSavepoint();
        try {
            copier.copyWhatFits(table, place, columns, row, whole);
            return true;
        } catch (MigrationException e) {
            if (e.getCause() instanceof SQLException cause && PROGRAM_LIMIT_EXCEEDED.equals(cause.getSQLState())) {
                return false;
            }
            throw e;
        } finally {
            postgres.rollback(before);
        }
    }
}
