package dev.outgrow.internal.sqlite.catalog;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex.IndexTerm;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex.MadeBy;
import dev.outgrow.internal.sqlite.ddl.CreateIndex;
import dev.outgrow.internal.sqlite.ddl.CreateTable;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.ddl.Name;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads the indexes of tables. */
final class IndexReader {
    private static final String INDEXES = "select name, \"unique\", origin, partial from pragma_index_list(?, 'main')";
    private static final String TERMS =
            "select cid, name, \"desc\", coll from pragma_index_xinfo(?, 'main') where key order by seqno";
    private static final int EXPRESSION = -2;
    private static final SqlText NOT_UNDERSTOOD = new SqlText("", Optional.empty());

    private final SchemaQueries queries;
    private final List<SchemaRow> rows;

    IndexReader(SchemaQueries queries, List<SchemaRow> rows) {
        this.queries = queries;
        this.rows = rows;
    }

    /** A row of {@code PRAGMA index_list}. */
    private record RawIndex(String name, boolean unique, MadeBy origin, boolean partial) {
        static RawIndex of(ResultSet row) throws SQLException {
            MadeBy origin = switch (row.getString(3)) {
                case "pk" -> MadeBy.PRIMARY_KEY;
                case "u" -> MadeBy.UNIQUE;
                default -> MadeBy.CREATE_INDEX;
            };
            return new RawIndex(row.getString(1), row.getBoolean(2), origin, row.getBoolean(4));
        }
    }

    /** A row of {@code PRAGMA index_xinfo}; the name is absent for an expression and for the rowid. */
    private record RawTerm(int column, Optional<String> name, boolean descending, String collation) {
        static RawTerm of(ResultSet row) throws SQLException {
            return new RawTerm(
                    row.getInt(1),
                    Optional.ofNullable(row.getString(2)),
                    row.getBoolean(3),
                    Ascii.toUpperCase(Objects.requireNonNullElse(row.getString(4), ColumnReader.BINARY)));
        }
    }

    List<SqliteIndex> read(String table, Optional<CreateTable> statement) throws SQLException {
        List<RawIndex> raw = new ArrayList<>(queries.list(INDEXES, RawIndex::of, table));
        // The key of a WITHOUT ROWID table is the table itself, and has no row: it comes first.
        raw.sort((one, other) -> Integer.compare(positionOf(one.name()), positionOf(other.name())));
        UniqueConstraints constraints = new UniqueConstraints(statement);
        ImmutableList.Builder<SqliteIndex> indexes = ImmutableList.builder();
        for (RawIndex index : raw) {
            indexes.add(index(index, constraints));
        }
        return indexes.build();
    }

    private int positionOf(String index) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).kind() == SchemaRow.Type.INDEX
                    && Identifiers.same(rows.get(i).name(), index)) {
                return i;
            }
        }
        return -1;
    }

    private SqliteIndex index(RawIndex index, UniqueConstraints constraints) throws SQLException {
        List<RawTerm> rawTerms = queries.list(TERMS, RawTerm::of, index.name());
        int position = positionOf(index.name());
        Optional<String> sql = position < 0 || rows.get(position).sql().isEmpty()
                ? Optional.empty()
                : Optional.of(rows.get(position).sql());
        Optional<CreateIndex> statement = sql.isPresent() ? statement(sql.get(), rawTerms.size()) : Optional.empty();
        List<String> columns = new ArrayList<>();
        ImmutableList.Builder<IndexTerm> terms = ImmutableList.builder();
        for (int i = 0; i < rawTerms.size(); i++) {
            terms.add(term(rawTerms.get(i), statement, i));
            columns.add(rawTerms.get(i).name().orElse(""));
        }
        Optional<UniqueConstraints.Constraint> constraint = index.origin() == MadeBy.CREATE_INDEX
                ? Optional.empty()
                : constraints.take(index.origin() == MadeBy.PRIMARY_KEY, columns);
        return new SqliteIndex(
                index.name(),
                index.unique(),
                index.origin(),
                constraint.isPresent() ? Name.textOf(constraint.get().name()) : Optional.empty(),
                constraint.isPresent() ? constraint.get().conflict() : Optional.empty(),
                terms.build(),
                index.partial()
                        ? Optional.of(statement.flatMap(CreateIndex::where).orElse(NOT_UNDERSTOOD))
                        : Optional.empty(),
                sql);
    }

    private static IndexTerm term(RawTerm raw, Optional<CreateIndex> statement, int place) {
        if (raw.column() == EXPRESSION) {
            SqlText expression =
                    statement.map(index -> index.terms().get(place).value()).orElse(NOT_UNDERSTOOD);
            return new IndexTerm(Optional.empty(), Optional.of(expression), raw.collation(), raw.descending());
        }
        return new IndexTerm(
                Optional.of(raw.name().orElse("rowid")), Optional.empty(), raw.collation(), raw.descending());
    }

    private static Optional<CreateIndex> statement(String sql, int terms) {
        try {
            CreateIndex statement = DdlParser.index(sql);
            return statement.terms().size() == terms ? Optional.of(statement) : Optional.empty();
        } catch (DdlSyntaxException beyondTheParser) {
            return Optional.empty();
        }
    }
}
