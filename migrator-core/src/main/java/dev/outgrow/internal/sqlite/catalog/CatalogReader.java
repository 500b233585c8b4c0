package dev.outgrow.internal.sqlite.catalog;

import dev.outgrow.internal.sqlite.catalog.SqliteTable.Owner;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the catalog of a SQLite database: as much as possible from the pragmas, the rest from the text of {@code
 * sqlite_schema}. It reads no rows of the application, except to see whether a virtual table gives any. If the database
 * may change meanwhile, read within a transaction.
 */
public final class CatalogReader {
    private final SchemaQueries queries;
    private final List<SchemaRow> rows;
    private final Map<String, TableFacts> facts;
    private final TableReader tableReader;
    private final VirtualTableReader virtualTableReader;

    private CatalogReader(Connection connection) throws SQLException {
        this.queries = new SchemaQueries(connection);
        this.rows = queries.list(SchemaRow.QUERY, SchemaRow::of);
        this.facts = TableFacts.all(queries);
        this.tableReader = new TableReader(queries, rows);
        this.virtualTableReader = new VirtualTableReader(queries);
    }

    /**
     * Reads the schema {@code main}.
     *
     * @param connection an open connection to SQLite; it stays open and unchanged
     * @throws SQLException if SQLite cannot read its schema: the file is damaged, locked, encrypted or not a database
     */
    public static Catalog read(Connection connection) throws SQLException {
        return new CatalogReader(connection).catalog();
    }

    private Catalog catalog() throws SQLException {
        List<ShadowTables.VirtualTable> owners = new ArrayList<>();
        for (SchemaRow row : ofKind(SchemaRow.Type.VIRTUAL_TABLE)) {
            owners.add(VirtualTableReader.shadowOwner(row));
        }
        ShadowTables shadows = new ShadowTables(owners, facts);
        List<SqliteTable> tables = new ArrayList<>();
        List<String> systemTables = new ArrayList<>();
        Map<String, List<SqliteTable>> shadowTables = new HashMap<>();
        for (SchemaRow row : ofKind(SchemaRow.Type.TABLE)) {
            Optional<String> owner = shadows.ownerOf(row.name());
            if (row.isSystemObject()) {
                systemTables.add(row.name());
            } else if (owner.isPresent()) {
                shadowTables
                        .computeIfAbsent(owner.get(), name -> new ArrayList<>())
                        .add(table(row, Owner.SHADOW));
            } else {
                tables.add(table(row, Owner.ORDINARY));
            }
        }
        List<SqliteVirtualTable> virtualTables = new ArrayList<>();
        for (SchemaRow row : ofKind(SchemaRow.Type.VIRTUAL_TABLE)) {
            virtualTables.add(
                    virtualTableReader.read(row, shadowTables.getOrDefault(Identifiers.key(row.name()), List.of())));
        }
        ViewReader viewReader = new ViewReader(queries);
        List<SqliteView> views = new ArrayList<>();
        for (SchemaRow row : ofKind(SchemaRow.Type.VIEW)) {
            views.add(viewReader.read(row));
        }
        List<SqliteTrigger> triggers = new ArrayList<>();
        for (SchemaRow row : ofKind(SchemaRow.Type.TRIGGER)) {
            triggers.add(TriggerReader.read(row));
        }
        return new Catalog(
                queries.single("pragma encoding", row -> row.getString(1)),
                queries.single("pragma main.user_version", row -> row.getInt(1)),
                queries.single("pragma main.application_id", row -> row.getInt(1)),
                tables,
                virtualTables,
                views,
                triggers,
                systemTables,
                sequences(systemTables));
    }

    private List<SchemaRow> ofKind(SchemaRow.Type kind) {
        List<SchemaRow> found = new ArrayList<>();
        for (SchemaRow row : rows) {
            if (row.kind() == kind) {
                found.add(row);
            }
        }
        return found;
    }

    private SqliteTable table(SchemaRow row, Owner kind) throws SQLException {
        return tableReader.read(row, kind, TableFacts.of(row.name(), facts));
    }

    private Map<String, Long> sequences(List<String> systemTables) throws SQLException {
        Map<String, Long> sequences = new LinkedHashMap<>();
        for (String name : systemTables) {
            if (Identifiers.same(name, "sqlite_sequence")) {
                for (Map.Entry<String, Long> entry :
                        queries.list("""
                        select name, cast(seq as integer) from main.sqlite_sequence
                        where typeof(name) = 'text' and typeof(seq) <> 'null'
                        """, row -> Map.entry(row.getString(1), row.getLong(2)))) {
                    sequences.merge(entry.getKey(), entry.getValue(), Math::max);
                }
            }
        }
        return sequences;
    }
}
