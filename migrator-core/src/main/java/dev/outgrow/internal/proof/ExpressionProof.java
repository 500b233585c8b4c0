package dev.outgrow.internal.proof;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proves the translated expressions of one table over its rows. The connection to PostgreSQL has the schema with the
 * copied rows in its search path, and is left as it was. Not safe for concurrent use.
 */
public final class ExpressionProof {
    private final Connection sqlite;
    private final Connection postgres;
    private final Relation table;
    private final List<Relation.Column> key;

    /**
     * QueryProof over one table.
     *
     * @param sqlite the snapshot
     * @param postgres the target
     * @param table the table in both
     * @param keyColumns its key, by the names of SQLite; empty if it has none; then only values are compared
     */
    public ExpressionProof(Connection sqlite, Connection postgres, Relation table, List<String> keyColumns) {
        this.sqlite = sqlite;
        this.postgres = postgres;
        this.table = table;
        this.key = new ArrayList<>();
        for (Relation.Column column : table.columns()) {
            for (String name : keyColumns) {
                if (Identifiers.same(name, column.name())) {
                    key.add(column);
                    break;
                }
            }
        }
    }

    /**
     * Whether a condition is true, false and NULL for the same rows.
     *
     * @param text the condition as SQLite has it
     * @param sql its translation
     * @throws SQLException if a connection fails
     * @throws InterruptedException if the thread was interrupted
     */
    public Finding condition(String text, String sql) throws SQLException, InterruptedException {
        String inSqlite = "CASE WHEN " + grouped(text) + " THEN 1 WHEN NOT " + grouped(text) + " THEN 0 END";
        return compared(inSqlite, "(" + sql + ")::integer", number(), "", "");
    }

    /**
     * Whether a condition selects the same rows.
     *
     * @param text the condition as SQLite has it
     * @param sql its translation
     * @throws SQLException if a connection fails
     * @throws InterruptedException if the thread was interrupted
     */
    public Finding selection(String text, String sql) throws SQLException, InterruptedException {
        return compared("1", "1", number(), " WHERE " + grouped(text), " WHERE " + sql);
    }

    /**
     * Whether an expression has the same value for every row: that of an index, or of a generated column.
     *
     * @param text the expression as SQLite has it
     * @param sql its translation
     * @param type the type of the translation
     * @param representation how SQLite holds its values; NATIVE for those of expressions
     * @throws SQLException if a connection fails
     * @throws InterruptedException if the thread was interrupted
     */
    public Finding value(String text, String sql, PgType type, Representation representation)
            throws SQLException, InterruptedException {
        ProvedColumn column = new ProvedColumn("value", type, representation);
        return compared(grouped(text), column.transported(sql), column, "", "");
    }

    private static ProvedColumn number() {
        return new ProvedColumn("value", PgType.BIGINT, Representation.NATIVE);
    }

    /** The line break ends a comment at the end of the text. */
    private static String grouped(String text) {
        return "(" + text + "\n)";
    }

    private Finding compared(String text, String sql, ProvedColumn value, String sourceWhere, String targetWhere)
            throws SQLException, InterruptedException {
        List<ProvedColumn> columns = new ArrayList<>();
        StringBuilder sourceKey = new StringBuilder();
        StringBuilder targetKey = new StringBuilder();
        for (Relation.Column column : key) {
            ProvedColumn proved = ProvedColumn.of(column);
            columns.add(proved);
            sourceKey.append(SqliteName.quote(table.name()) + "." + SqliteName.quote(column.name()) + ", ");
            targetKey.append(proved.transportedColumn(column.targetName()) + ", ");
        }
        columns.add(value);
        String source = "SELECT " + sourceKey + text + " FROM main." + SqliteName.quote(table.name()) + sourceWhere;
        String target = "SELECT " + targetKey + sql + " FROM " + Identifier.quote(table.targetName()) + targetWhere;
        return QueryProof.compare(
                new RowsQuery(sqlite, source, columns, true),
                new RowsQuery(postgres, target, columns, false),
                key.size(),
                Optional.empty());
    }
}
