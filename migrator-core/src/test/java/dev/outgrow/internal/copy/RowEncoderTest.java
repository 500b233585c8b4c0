package dev.outgrow.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sqlite.read.AllocationByRow;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowEncoderTest {
    private static final Map<String, TypeMapping> MAPPINGS = Map.ofEntries(
            entry("id", PgType.BIGINT, Representation.NATIVE),
            entry("i", PgType.BIGINT, Representation.NATIVE),
            entry("r", PgType.DOUBLE_PRECISION, Representation.NATIVE),
            entry("b", PgType.BOOLEAN, Representation.BOOLEAN),
            entry("price", PgType.numeric(10, 2), Representation.DECIMAL),
            entry("amount", PgType.NUMERIC, Representation.DECIMAL),
            entry("t", PgType.TEXT, Representation.NATIVE),
            entry("long", PgType.TEXT, Representation.NATIVE),
            entry("blob", PgType.BYTEA, Representation.NATIVE),
            entry("at", PgType.TIMESTAMP, Representation.ISO_TEXT),
            entry("seconds", PgType.TIMESTAMPTZ, Representation.UNIX_SECONDS),
            entry("day", PgType.DATE, Representation.ISO_TEXT),
            entry("uuid", PgType.UUID, Representation.UUID_TEXT),
            entry("json", PgType.JSONB, Representation.JSON_TEXT));

    @TempDir
    Path folder;

    private static Map.Entry<String, TypeMapping> entry(String column, PgType type, Representation representation) {
        return Map.entry(column, new TypeMapping(type, representation));
    }

    @Test
    void encodesFromThePageOnWithoutAllocatingForAValue() throws SQLException {
        double bytesARow = AllocationByRow.bytes(folder, (source, table, range) -> {
            List<ColumnMapping> columns = table.columns().stream()
                    .map(column -> new ColumnMapping(
                            column.source(),
                            column.name(),
                            Objects.requireNonNull(MAPPINGS.get(column.name())),
                            "",
                            "",
                            List.of(),
                            List.of()))
                    .toList();
            List<String> names =
                    columns.stream().map(column -> column.column().name()).toList();
            RowQuery query = RowQuery.range(table, names, range);
            new RowEncoder(source).encode(table, columns, query, (bytes, length) -> {}, (rows, bytes) -> {});
        });
        assertThat(bytesARow).isLessThan(1);
    }
}
