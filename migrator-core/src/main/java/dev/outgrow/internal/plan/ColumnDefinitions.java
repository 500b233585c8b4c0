package dev.outgrow.internal.plan;

import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.typemap.SourceColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of each column in its CREATE TABLE, up to the next column, including the constraints and comments by which
 * some libraries say what the column holds. Immutable.
 */
final class ColumnDefinitions {
    private final Map<String, String> texts = new HashMap<>();

    ColumnDefinitions(Catalog catalog) {
        catalog.tables().forEach(this::read);
    }

    private void read(SqliteTable table) {
        List<SqliteColumn> columns = table.columns();
        int[] starts = new int[columns.size() + 1];
        int from = Math.max(0, table.sql().indexOf('('));
        for (int i = 0; i < columns.size(); i++) {
            Matcher name = Pattern.compile(
                            "[\\s,(\\[\"`']" + Pattern.quote(columns.get(i).name()) + "[\\]\"`'\\s]",
                            Pattern.CASE_INSENSITIVE)
                    .matcher(table.sql());
            if (!name.find(from)) {
                // A text that cannot be parsed gives no definitions.
                return;
            }
            starts[i] = name.start();
            from = name.end() - 1;
        }
        starts[columns.size()] = table.sql().length();
        for (int i = 0; i < columns.size(); i++) {
            texts.put(columns.get(i).source().qualifiedName(), table.sql().substring(starts[i], starts[i + 1]));
        }
    }

    /** The text of a column; empty if it is not known. */
    String of(SourceColumn column) {
        return texts.getOrDefault(column.qualifiedName(), "");
    }
}
