package dev.outgrow.junit;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Lines that show what both databases have in some rows of a column. */
final class ValueLines {
    private static final int MOST = 3;

    private final String column;
    private final ColumnValues inSource;
    private final ColumnValues inTarget;

    /**
     * Lines about one column.
     *
     * @param column {@code table.column}
     * @param inSource what SQLite has
     * @param inTarget what PostgreSQL has
     */
    ValueLines(String column, ColumnValues inSource, ColumnValues inTarget) {
        this.column = column;
        this.inSource = inSource;
        this.inTarget = inTarget;
    }

    /** The rows with these keys; if there are none, the first few that have a value. */
    String of(Collection<String> keys) {
        List<String> wanted = keys.isEmpty()
                ? inSource.rows().stream()
                        .filter(row -> row.value() != null)
                        .limit(MOST)
                        .map(KeyedValue::plainKey)
                        .toList()
                : List.copyOf(keys);
        StringBuilder lines = new StringBuilder();
        for (String key : wanted) {
            Optional<KeyedValue> source = inSource.at(key);
            Optional<KeyedValue> target =
                    inTarget.at(source.map(KeyedValue::plainKey).orElse(key));
            if (source.isPresent() || target.isPresent()) {
                lines.append(String.format(
                        "  %s at %s:%n    SQLite      %s%n    PostgreSQL  %s%n",
                        column,
                        key,
                        source.map(KeyedValue::shown).orElse("no such row"),
                        target.map(KeyedValue::shown).orElse("nothing")));
            }
        }
        return lines.toString();
    }
}
