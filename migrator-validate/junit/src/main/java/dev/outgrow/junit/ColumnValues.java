package dev.outgrow.junit;

import java.util.List;
import java.util.Optional;

/**
 * The values of one column of one database, in the order of their keys.
 *
 * @param keyNames the columns of the key, as SQLite calls them
 * @param rows the values
 */
record ColumnValues(List<String> keyNames, List<KeyedValue> rows) {
    static final ColumnValues NONE = new ColumnValues(List.of(), List.of());

    ColumnValues {
        keyNames = List.copyOf(keyNames);
        rows = List.copyOf(rows);
    }

    /** The value in the row with a key, in either of the forms in which messages name it. */
    Optional<KeyedValue> at(String key) {
        return rows.stream()
                .filter(row -> !row.key().isEmpty())
                .filter(row ->
                        row.plainKey().equals(key) || row.namedKey(keyNames).equals(key))
                .findFirst();
    }
}
