package dev.outgrow.validate.internal;

import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.internal.encode.CopyBuffer;
import dev.outgrow.typemap.internal.encode.Encoders;
import dev.outgrow.typemap.internal.encode.ValueEncoder;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import dev.outgrow.validate.internal.catalog.Quoting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The smallest copier: all rows of a table through the encoders, some of which a test has broken. */
final class EncodedCopy {
    private static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};

    private EncodedCopy() {}

    /**
     * Copies a table.
     *
     * @param breaks by column: what becomes of the bytes of a field that is not NULL
     */
    static void copy(Path file, Connection postgres, ComparedTable table, Map<String, UnaryOperator<byte[]>> breaks)
            throws SQLException {
        List<ColumnMapping> columns = table.mapping().columns();
        List<ValueEncoder> encoders = new ArrayList<>();
        for (ColumnMapping column : columns) {
            ValueEncoder good = Encoders.encoderFor(column.mapping());
            UnaryOperator<byte[]> broken = breaks.get(column.column().name());
            encoders.add(broken == null ? good : broken(good, broken));
        }
        String list =
                columns.stream().map(it -> Quoting.quoted(it.column().name())).collect(Collectors.joining(", "));
        String name = Quoting.quoted(table.mapping().table());
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                SourceRows rows = SourceRows.of(sqlite, "SELECT " + list + " FROM " + name)) {
            CopyIn copy = postgres.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + name + " (" + list + ") FROM STDIN (FORMAT binary)");
            CopyBuffer buffer = new CopyBuffer(1 << 16);
            buffer.putBytes(HEADER, 0, HEADER.length);
            buffer.putLong(0);
            while (rows.next()) {
                buffer.putShort(encoders.size());
                for (int i = 0; i < encoders.size(); i++) {
                    encoders.get(i).encode(rows.slots()[i], buffer);
                }
                copy.writeToCopy(buffer.array(), 0, buffer.size());
                buffer.clear();
            }
            buffer.putShort(-1);
            copy.writeToCopy(buffer.array(), 0, buffer.size());
            copy.endCopy();
        }
    }

    private static ValueEncoder broken(ValueEncoder good, UnaryOperator<byte[]> broken) {
        return (value, out) -> {
            CopyBuffer field = new CopyBuffer(64);
            good.encode(value, field);
            if (field.size() == 4) {
                out.putBytes(field.array(), 0, 4);
            } else {
                out.putField(broken.apply(Arrays.copyOfRange(field.array(), 4, field.size())));
            }
        };
    }
}
