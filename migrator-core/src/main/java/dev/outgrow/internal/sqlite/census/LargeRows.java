package dev.outgrow.internal.sqlite.census;

import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.KeyText;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowRange;
import dev.outgrow.internal.sqlite.read.RowReader;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counts the rows that are too large for PostgreSQL without reading them: their values need not fit into memory. */
public final class LargeRows {
    private final Connection connection;
    private final TextEncoding encoding;
    private final long mostBytes;

    public LargeRows(Connection connection, TextEncoding encoding, long mostBytes) {
        this.connection = connection;
        this.encoding = encoding;
        this.mostBytes = mostBytes;
    }

    /**
     * Whether the range has such rows; each is counted for the largest of its values.
     *
     * @param names of all columns, since a row counts as a whole
     * @param counters of the columns that are counted, by their names
     */
    public boolean count(SqliteTable table, List<String> names, RowRange range, Map<String, ColumnCounter> counters) {
        // A database smaller than the limit of a row has no larger row.
        if (names.isEmpty() || databaseBytes() <= mostBytes) {
            return false;
        }
        RowQuery query = RowQuery.beyond(table, names, range, encoding, mostBytes);
        boolean found = false;
        try (RowReader reader = RowReader.open(connection, query, encoding)) {
            ValueSlot[] slots = reader.slots();
            KeyText key = KeyText.of(table, places(table, names.size()), slots);
            while (reader.next()) {
                found = true;
                int largest = 0;
                for (int i = 1; i < names.size(); i++) {
                    largest = slots[i].integer() > slots[largest].integer() ? i : largest;
                }
                ColumnCounter counter = counters.get(names.get(largest));
                if (counter != null) {
                    counter.acceptTooLarge(key::text);
                }
            }
        }
        return found;
    }

    /** The slots of the query: sizes, and the primary key if it identifies the row. */
    private static List<String> places(SqliteTable table, int sizes) {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < sizes; i++) {
            places.add("");
        }
        if (table.withoutRowid()) {
            table.primaryKey().map(SqlitePrimaryKey::columns).ifPresent(places::addAll);
        }
        return places;
    }

    private long databaseBytes() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "reading the size of the database");
        }
    }
}
