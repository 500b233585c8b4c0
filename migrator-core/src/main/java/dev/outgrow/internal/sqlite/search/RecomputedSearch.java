package dev.outgrow.internal.sqlite.search;

import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowReader;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks for generated columns whose values would change if they were computed from the values as they arrive, such as
 * blank text that becomes NULL, or text that loses its NULs.
 */
public final class RecomputedSearch {
    private final Connection connection;
    private final TextEncoding encoding;

    /**
     * A search over one connection.
     *
     * @param connection to the snapshot
     * @param encoding how it holds text
     */
    public RecomputedSearch(Connection connection, TextEncoding encoding) {
        this.connection = connection;
        this.encoding = encoding;
    }

    /** The names of such columns of a table. */
    public List<String> search(ArrivingRows.Arrival arrival) throws SQLException {
        List<String> others = new ArrayList<>();
        for (SqliteColumn column : arrival.table().columns()) {
            if (column.generation().isEmpty() || column.hidden()) {
                continue;
            }
            List<String> texts = List.of(column.generation().get().expression().text(), column.name());
            Optional<ArrivingRows> arriving = ArrivingRows.of(arrival, texts, connection, encoding);
            if (arriving.isPresent()) {
                try (ArrivingRows rows = arriving.get()) {
                    if (differs(arrival, column, rows)) {
                        others.add(column.name());
                    }
                }
            }
        }
        return others;
    }

    /** Both are read in the same physical order. */
    private boolean differs(ArrivingRows.Arrival arrival, SqliteColumn column, ArrivingRows rows) {
        String from = " FROM main." + SqliteName.quote(arrival.table().name()) + " NOT INDEXED";
        RowQuery query =
                RowQuery.of("table " + arrival.table().name(), "SELECT " + SqliteName.quote(column.name()) + from, 1);
        try (RowReader stored = RowReader.open(connection, query, encoding);
                RowReader computed = RowReader.open(rows.connection(), query, TextEncoding.UTF_8)) {
            while (stored.next() && computed.next()) {
                if (!same(stored.slots()[0], computed.slots()[0])) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean same(ValueSlot one, ValueSlot other) {
        return one.storageClass() == other.storageClass()
                && switch (one.storageClass()) {
                    case NULL -> true;
                    case INTEGER -> one.integer() == other.integer();
                    case REAL -> Double.compare(one.real(), other.real()) == 0;
                    case TEXT, BLOB -> Arrays.equals(one.bytes(), other.bytes());
                };
    }
}
