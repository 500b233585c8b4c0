package dev.outgrow.internal.wayback;

import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.validate.internal.KeyLabel;
import java.util.List;

/** The key of a row, as messages name it. */
final class NamedKey {
    private NamedKey() {}

    static String of(List<String> key, List<ColumnMapping> columns, ValueSlot[] values) {
        KeyLabel label = new KeyLabel();
        for (String column : key) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).column().name().equals(column)) {
                    label.and(column, values[i]);
                }
            }
        }
        return key.isEmpty() ? "a row without a key" : label.toString();
    }
}
