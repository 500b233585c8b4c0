package dev.outgrow.internal.sqlite.catalog;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.catalog.ColumnReader.Owner;
import dev.outgrow.internal.sqlite.catalog.ColumnReader.RawColumn;
import dev.outgrow.internal.sqlite.ddl.ColumnConstraint;
import dev.outgrow.internal.sqlite.ddl.CreateTable;
import dev.outgrow.internal.sqlite.ddl.CreateTable.ColumnDefinition;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.internal.sqlite.ddl.Name;
import dev.outgrow.internal.sqlite.ddl.TableConstraint;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads tables with rows of their own. */
final class TableReader {
    private final ColumnReader columnReader;
    private final IndexReader indexReader;
    private final ForeignKeyReader foreignKeyReader;

    TableReader(SchemaQueries queries, List<SchemaRow> rows) {
        this.columnReader = new ColumnReader(queries);
        this.indexReader = new IndexReader(queries, rows);
        this.foreignKeyReader = new ForeignKeyReader(queries, rows);
    }

    SqliteTable read(SchemaRow row, SqliteTable.Owner kind, TableFacts facts) throws SQLException {
        List<RawColumn> raw = columnReader.raw(row.name());
        Optional<CreateTable> statement = statement(row.sql(), raw);
        List<SqliteIndex> indexes = indexReader.read(row.name(), statement);
        List<String> keyColumns = keyColumns(raw);
        // Only a rowid alias is a primary key without an index.
        boolean rowidKey = !facts.withoutRowid() && keyColumns.size() == 1 && !hasKeyIndex(indexes);
        Owner owner = new Owner(row.name(), facts.strict(), rowidKey, statement);
        return new SqliteTable(
                row.name(),
                kind,
                row.sql(),
                statement.isPresent(),
                columnReader.columns(raw, owner),
                facts.withoutRowid(),
                facts.strict(),
                keyColumns.isEmpty() ? Optional.empty() : Optional.of(primaryKey(keyColumns, statement)),
                indexes,
                foreignKeyReader.read(row.name(), statement),
                statement.isPresent() ? checks(statement.get()) : ImmutableList.of());
    }

    private static List<String> keyColumns(List<RawColumn> raw) {
        SortedMap<Integer, String> columns = new TreeMap<>();
        for (RawColumn column : raw) {
            if (column.keyPosition() > 0) {
                columns.put(column.keyPosition(), column.name());
            }
        }
        return ImmutableList.copyOf(columns.values());
    }

    private static boolean hasKeyIndex(List<SqliteIndex> indexes) {
        for (SqliteIndex index : indexes) {
            if (index.origin() == SqliteIndex.MadeBy.PRIMARY_KEY) {
                return true;
            }
        }
        return false;
    }

    /** The parsed text, unless it describes other columns than SQLite sees: then it cannot be trusted. */
    private static Optional<CreateTable> statement(String sql, List<RawColumn> raw) {
        try {
            CreateTable statement = DdlParser.table(sql);
            boolean agrees = statement.columns().size() == raw.size();
            for (RawColumn column : raw) {
                agrees &= statement.column(column.name()).isPresent();
            }
            return agrees ? Optional.of(statement) : Optional.empty();
        } catch (DdlSyntaxException beyondTheParser) {
            return Optional.empty();
        }
    }

    private static SqlitePrimaryKey primaryKey(List<String> columns, Optional<CreateTable> statement) {
        if (statement.isEmpty()) {
            return new SqlitePrimaryKey(Optional.empty(), columns, false, Optional.empty());
        }
        for (TableConstraint constraint : statement.get().constraints()) {
            if (constraint instanceof TableConstraint.PrimaryKey key) {
                return new SqlitePrimaryKey(Name.textOf(key.name()), columns, key.autoincrement(), key.conflict());
            }
        }
        for (ColumnDefinition column : statement.get().columns()) {
            for (ColumnConstraint constraint : column.constraints()) {
                if (constraint instanceof ColumnConstraint.PrimaryKey key) {
                    return new SqlitePrimaryKey(Name.textOf(key.name()), columns, key.autoincrement(), key.conflict());
                }
            }
        }
        return new SqlitePrimaryKey(Optional.empty(), columns, false, Optional.empty());
    }

    private static List<SqliteCheck> checks(CreateTable statement) {
        ImmutableList.Builder<SqliteCheck> checks = ImmutableList.builder();
        for (ColumnDefinition column : statement.columns()) {
            for (ColumnConstraint constraint : column.constraints()) {
                if (constraint instanceof ColumnConstraint.Check check) {
                    checks.add(new SqliteCheck(
                            Name.textOf(check.name()), Optional.of(column.name().text()), check.condition()));
                }
            }
        }
        for (TableConstraint constraint : statement.constraints()) {
            if (constraint instanceof TableConstraint.Check check) {
                checks.add(new SqliteCheck(Name.textOf(check.name()), Optional.empty(), check.condition()));
            }
        }
        return checks.build();
    }
}
