package dev.outgrow.internal.sqlite.catalog;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.CreateView;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.internal.sqlite.ddl.Name;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads views. */
final class ViewReader {
    private static final String COLUMNS = "select name, type from pragma_table_xinfo(?, 'main') order by cid";

    private final SchemaQueries queries;

    ViewReader(SchemaQueries queries) {
        this.queries = queries;
    }

    /** A view that has columns may still be one that SQLite cannot read: it joins no more than 64 tables. */
    private SchemaQueries.QueryAnswer<SqliteView.Column> columns(String view) throws SQLException {
        String whyNot = queries.whyUnreadable(view);
        return whyNot.isEmpty()
                ? queries.listOrWhyNot(
                        COLUMNS,
                        column -> new SqliteView.Column(
                                column.getString(1), Objects.requireNonNullElse(column.getString(2), "")),
                        view)
                : new SchemaQueries.QueryAnswer<>(null, whyNot);
    }

    SqliteView read(SchemaRow row) throws SQLException {
        SchemaQueries.QueryAnswer<SqliteView.Column> answer = columns(row.name());
        List<SqliteView.Column> columns = Objects.requireNonNullElse(answer.rows(), ImmutableList.of());
        String whyNot = answer.whyNot();
        try {
            CreateView view = DdlParser.view(row.sql());
            List<String> names = view.columns().stream().map(Name::text).toList();
            return new SqliteView(row.name(), row.sql(), columns, whyNot, names, Optional.of(view.select()));
        } catch (DdlSyntaxException beyondTheParser) {
            return new SqliteView(row.name(), row.sql(), columns, whyNot, ImmutableList.of(), Optional.empty());
        }
    }
}
