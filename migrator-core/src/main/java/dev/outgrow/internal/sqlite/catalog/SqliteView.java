package dev.outgrow.internal.sqlite.catalog;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.Select;
import java.util.List;
import java.util.Optional;

/**
 * A view. Immutable.
 *
 * @param name the name, unquoted
 * @param sql the CREATE VIEW as {@code sqlite_schema} keeps it
 * @param columns the columns that SQLite gives it; empty if it cannot be read (it names a missing table, function or
 *     module)
 * @param whyUnreadable why SQLite cannot read it here, in its own words; empty if it can
 * @param namedColumns the names of the columns that the text gives after the view's name; mostly empty
 * @param select the query; absent if the parser does not understand the text
 */
public record SqliteView(
        String name,
        String sql,
        List<Column> columns,
        String whyUnreadable,
        List<String> namedColumns,
        Optional<Select> select) {
    public SqliteView {
        columns = ImmutableList.copyOf(columns);
        namedColumns = ImmutableList.copyOf(namedColumns);
    }

    /**
     * A column of a view.
     *
     * @param name the name
     * @param declaredType the declared type of the column that it shows, if it does; empty otherwise
     */
    public record Column(String name, String declaredType) {}
}
