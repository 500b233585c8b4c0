package dev.outgrow.internal.wayback;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.form.ColumnForm;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import org.sqlite.core.Codes;

/**
 * Gives values the form of their column's others, called by SQLite as it writes them: so that it can write many rows by one
 * statement. The caller closes it before the connection.
 */
final class FormFunction extends Function implements AutoCloseable {
    private static final String NAME = "outgrow_form";

    private final Connection file;
    private final List<Optional<ColumnForm>> forms;
    private final ValueSlot slot = new ValueSlot();

    private FormFunction(Connection file, List<Optional<ColumnForm>> forms) {
        this.file = file;
        this.forms = forms;
    }

    /** The function for the columns of one table. */
    static FormFunction of(Connection file, List<Optional<ColumnForm>> forms) throws SQLException {
        FormFunction function = new FormFunction(file, forms);
        Function.create(file, NAME, function, 2, 0);
        return function;
    }

    /** An expression for a value in its column's form: SQLite calls back only for values that may have another. */
    String applied(int column, String value) {
        List<String> classes = forms.get(column)
                .map(form -> Arrays.stream(StorageClass.values())
                        .filter(one -> !form.keeps(one))
                        .map(one -> "'" + one.name().toLowerCase(Locale.ROOT) + "'")
                        .toList())
                .orElse(List.of());
        return classes.isEmpty()
                ? value
                : "CASE WHEN typeof(" + value + ") IN (" + String.join(", ", classes) + ") THEN " + NAME + "(" + column
                        + ", " + value + ") ELSE " + value + " END";
    }

    @Override
    protected void xFunc() throws SQLException {
        int column = value_int(0);
        switch (value_type(1)) {
            case Codes.SQLITE_INTEGER -> slot.setInteger(value_long(1));
            case Codes.SQLITE_FLOAT -> slot.setReal(value_double(1));
            case Codes.SQLITE_TEXT -> slot.setText(value_text(1).getBytes(StandardCharsets.UTF_8));
            case Codes.SQLITE_BLOB -> slot.setBlob(bytes(value_blob(1)));
            default -> slot.setNull();
        }
        forms.get(column).ifPresent(form -> form.apply(slot));
        switch (slot.storageClass()) {
            case INTEGER -> result(slot.integer());
            case REAL -> result(slot.real());
            case TEXT -> result(new String(slot.bytes(), StandardCharsets.UTF_8));
            case BLOB -> result(slot.bytes());
            case NULL -> result();
        }
    }

    /** The driver has null for a blob without bytes. */
    private static byte[] bytes(byte @Nullable [] blob) {
        return blob == null ? new byte[0] : blob;
    }

    @Override
    public void close() throws SQLException {
        Function.destroy(file, NAME, 2);
    }
}
