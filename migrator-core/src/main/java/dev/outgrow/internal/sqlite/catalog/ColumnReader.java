package dev.outgrow.internal.sqlite.catalog;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn.Generation;
import dev.outgrow.internal.sqlite.ddl.ColumnConstraint;
import dev.outgrow.internal.sqlite.ddl.CreateTable;
import dev.outgrow.internal.sqlite.ddl.CreateTable.ColumnDefinition;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.Name;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.SourceColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the columns of tables. */
final class ColumnReader {
    static final String BINARY = "BINARY";

    private static final String QUERY = """
            select name, type, "notnull", dflt_value, pk, hidden
            from pragma_table_xinfo(?, 'main')
            order by cid
            """;
    private static final int HIDDEN = 1;
    private static final int VIRTUAL = 2;
    private static final int STORED = 3;

    private final SchemaQueries queries;

    ColumnReader(SchemaQueries queries) {
        this.queries = queries;
    }

    /**
     * A row of {@code PRAGMA table_xinfo}.
     *
     * @param name the column
     * @param type its declared type
     * @param notNull whether NULL is refused
     * @param defaultText the default as written, without parentheses
     * @param keyPosition its place in the primary key, from 1; 0 if it is not in it
     * @param hidden 0, or one of the three constants above
     */
    record RawColumn(
            String name, String type, boolean notNull, Optional<String> defaultText, int keyPosition, int hidden) {
        static RawColumn of(ResultSet row) throws SQLException {
            return new RawColumn(
                    row.getString(1),
                    Objects.requireNonNullElse(row.getString(2), ""),
                    row.getBoolean(3),
                    Optional.ofNullable(row.getString(4)),
                    row.getInt(5),
                    row.getInt(6));
        }
    }

    /**
     * Facts about all columns of a table.
     *
     * @param name the table
     * @param strict whether it is STRICT
     * @param rowidKey whether its primary key is the rowid
     * @param statement its statement, if it could be parsed
     */
    record Owner(String name, boolean strict, boolean rowidKey, Optional<CreateTable> statement) {}

    List<RawColumn> raw(String table) throws SQLException {
        return queries.list(QUERY, RawColumn::of, table);
    }

    /** The columns of a table; SQLite may be unable to compute some of them. */
    List<SqliteColumn> columns(List<RawColumn> raw, Owner owner) throws SQLException {
        ImmutableList.Builder<SqliteColumn> columns = ImmutableList.builder();
        for (RawColumn column : raw) {
            SqliteColumn described = column(column, owner);
            boolean readable = column.hidden() != VIRTUAL || queries.canReadColumn(owner.name(), column.name());
            columns.add(readable ? described : described.withoutValues());
        }
        return columns.build();
    }

    /** The columns of a virtual table; empty if its module is missing or refuses it. */
    Optional<List<SqliteColumn>> readVirtual(String table) throws SQLException {
        Owner owner = new Owner(table, false, false, Optional.empty());
        return queries.listIfReadable(QUERY, row -> column(RawColumn.of(row), owner), table)
                .filter(columns -> !columns.isEmpty());
    }

    static SqliteColumn column(RawColumn raw, Owner owner) {
        Optional<ColumnDefinition> definition =
                owner.statement().isPresent() ? owner.statement().get().column(raw.name()) : Optional.empty();
        boolean rowidAlias = owner.rowidKey() && raw.keyPosition() > 0;
        ColumnConstraint.NotNull written = last(definition, ColumnConstraint.NotNull.class);
        ColumnConstraint.NotNull notNull = written == null || written.nullable() ? null : written;
        return new SqliteColumn(
                new SourceColumn(
                        owner.name(),
                        raw.name(),
                        raw.type(),
                        affinity(raw.type(), owner.strict()),
                        raw.notNull() || rowidAlias,
                        raw.keyPosition(),
                        rowidAlias,
                        owner.strict(),
                        raw.hidden() == VIRTUAL || raw.hidden() == STORED,
                        collation(definition)),
                raw.defaultText().isPresent()
                        ? Optional.of(DdlParser.defaultValue(raw.defaultText().get()))
                        : Optional.empty(),
                generation(raw, definition),
                raw.hidden() == HIDDEN,
                notNull == null ? Optional.empty() : Name.textOf(notNull.name()),
                notNull == null ? Optional.empty() : notNull.conflict());
    }

    private static Affinity affinity(String declaredType, boolean strict) {
        return strict && Ascii.equalsIgnoreCase(declaredType, "ANY") ? Affinity.BLOB : Affinity.of(declaredType);
    }

    private static String collation(Optional<ColumnDefinition> definition) {
        ColumnConstraint.Collation constraint = last(definition, ColumnConstraint.Collation.class);
        return constraint == null
                ? BINARY
                : Ascii.toUpperCase(constraint.collation().text());
    }

    private static Optional<Generation> generation(RawColumn raw, Optional<ColumnDefinition> definition) {
        if (raw.hidden() != VIRTUAL && raw.hidden() != STORED) {
            return Optional.empty();
        }
        ColumnConstraint.Generated constraint = last(definition, ColumnConstraint.Generated.class);
        SqlText expression = constraint == null ? new SqlText("", Optional.empty()) : constraint.expression();
        return Optional.of(new Generation(expression, raw.hidden() == STORED));
    }

    /** The effective constraint of that kind, since in SQLite a later one overrides an earlier one; null if there is none. */
    private static <T extends ColumnConstraint> @Nullable T last(Optional<ColumnDefinition> definition, Class<T> kind) {
        @Nullable T last = null;
        if (definition.isPresent()) {
            for (ColumnConstraint constraint : definition.get().constraints()) {
                last = kind.isInstance(constraint) ? kind.cast(constraint) : last;
            }
        }
        return last;
    }
}
