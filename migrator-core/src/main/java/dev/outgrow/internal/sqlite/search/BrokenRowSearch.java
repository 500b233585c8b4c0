package dev.outgrow.internal.sqlite.search;

import dev.outgrow.internal.sqlite.catalog.SqliteCheck;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.KeyText;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowReader;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.Evidence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;

/**
 * Looks for rows that break a CHECK of their table with the values that arrive. A CHECK that SQLite cannot evaluate
 * here is skipped: it calls the application's own functions, so it cannot be translated either.
 */
public final class BrokenRowSearch {
    private final Connection connection;
    private final TextEncoding encoding;

    /**
     * A search over one connection.
     *
     * @param connection to the snapshot
     * @param encoding how it holds text
     */
    public BrokenRowSearch(Connection connection, TextEncoding encoding) {
        this.connection = connection;
        this.encoding = encoding;
    }

    /**
     * The rows of one table that break a CHECK once they arrive, by CHECK.
     *
     * @param arrival of the table
     * @throws SQLException if the snapshot cannot be read
     */
    public List<BrokenRows> search(ArrivingRows.Arrival arrival) throws SQLException {
        List<String> texts = conditions(arrival.table());
        Optional<ArrivingRows> arriving =
                arrival.census().rows() == 0 ? Optional.empty() : ArrivingRows.of(arrival, texts, connection, encoding);
        if (arriving.isEmpty()) {
            return search(arrival.table(), arrival.census());
        }
        try (ArrivingRows rows = arriving.get()) {
            return new BrokenRowSearch(rows.connection(), TextEncoding.UTF_8).search(arrival.table(), arrival.census());
        }
    }

    private static List<String> conditions(SqliteTable table) {
        List<String> conditions = new ArrayList<>();
        for (SqliteCheck check : table.checks()) {
            conditions.add(check.condition().text());
        }
        return conditions;
    }

    private List<BrokenRows> search(SqliteTable table, TableCensus census) throws SQLException {
        List<String> conditions = census.rows() > 0 ? conditions(table) : List.of();
        List<BrokenRows> broken = new ArrayList<>();
        for (String condition : conditions) {
            long rows = count(table, condition);
            if (rows > 0) {
                broken.add(new BrokenRows(table.name(), condition, rows, keys(table, condition)));
            }
        }
        return broken;
    }

    private static String from(SqliteTable table, String condition) {
        // The line break ends a comment that the condition may end in.
        return " FROM main." + SqliteName.quote(table.name()) + " NOT INDEXED WHERE NOT (" + condition + "\n)";
    }

    private long count(SqliteTable table, String condition) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*)" + from(table, condition))) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            if (SqliteFailure.primaryCode(e) == SQLiteErrorCode.SQLITE_ERROR.code) {
                return 0;
            }
            throw e;
        }
    }

    private List<String> keys(SqliteTable table, String condition) {
        List<String> columns = OrphanSearch.keyColumns(table);
        List<String> keys = new ArrayList<>();
        if (columns.isEmpty()) {
            return keys;
        }
        RowQuery some = RowQuery.of(
                "table " + table.name(),
                "SELECT " + String.join(", ", columns) + from(table, condition) + " LIMIT " + Evidence.MOST_KEYS,
                columns.size());
        try (RowReader reader = RowReader.open(connection, some, encoding)) {
            while (reader.next()) {
                keys.add(KeyText.ofAll(table, reader.slots()).text());
            }
        }
        return keys;
    }
}
