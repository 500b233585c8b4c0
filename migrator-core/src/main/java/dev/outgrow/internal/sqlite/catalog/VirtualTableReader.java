package dev.outgrow.internal.sqlite.catalog;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.catalog.SqliteVirtualTable.ModuleKind;
import dev.outgrow.internal.sqlite.ddl.CreateVirtualTable;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads virtual tables, whether or not their module exists. */
final class VirtualTableReader {
    private final SchemaQueries queries;
    private final ColumnReader columnReader;

    VirtualTableReader(SchemaQueries queries) {
        this.queries = queries;
        this.columnReader = new ColumnReader(queries);
    }

    static ShadowTables.VirtualTable shadowOwner(SchemaRow row) {
        String module = parsed(row).map(table -> table.module().text()).orElse("");
        return new ShadowTables.VirtualTable(Identifiers.key(row.name()), Identifiers.key(module));
    }

    SqliteVirtualTable read(SchemaRow row, List<SqliteTable> shadowTables) throws SQLException {
        Optional<CreateVirtualTable> table = parsed(row);
        String module = table.map(parsed -> parsed.module().text()).orElse("");
        Optional<List<SqliteColumn>> columns = columnReader.readVirtual(row.name());
        return new SqliteVirtualTable(
                row.name(),
                row.sql(),
                module,
                kind(module),
                table.map(CreateVirtualTable::arguments).orElse(ImmutableList.of()),
                columns.isPresent() && queries.givesRows(row.name()),
                columns.orElse(ImmutableList.of()),
                shadowTables);
    }

    private static Optional<CreateVirtualTable> parsed(SchemaRow row) {
        try {
            return Optional.of(DdlParser.virtualTable(row.sql()));
        } catch (DdlSyntaxException beyondTheParser) {
            return Optional.empty();
        }
    }

    private static ModuleKind kind(String module) {
        return switch (Ascii.toLowerCase(module)) {
            case "fts3" -> ModuleKind.FTS3;
            case "fts4" -> ModuleKind.FTS4;
            case "fts5" -> ModuleKind.FTS5;
            case "rtree" -> ModuleKind.RTREE;
            case "rtree_i32" -> ModuleKind.RTREE_I32;
            case "geopoly" -> ModuleKind.GEOPOLY;
            default -> ModuleKind.OTHER;
        };
    }
}
