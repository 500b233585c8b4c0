package dev.outgrow.internal.created;

import dev.outgrow.internal.sql.ExpressionTranslator;
import dev.outgrow.internal.sql.PlainText;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.ViewTranslator;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.catalog.SqliteView;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.internal.sqlite.ddl.Select;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads the classes that translate SQL, eight hundred of jOOQ's alone, while the schema is read and the values are counted: the
 * first plan of a JVM would take that much longer. A database that has nothing to translate does without them.
 */
public final class TranslatorLoading {
    private static final String SAMPLE = "length(trim('a')) + 1 > 0 AND 'b' IS NOT NULL";

    private static final String QUERY =
            "SELECT t.a AS x, count(*) AS n, max(t.b || 'b') AS m FROM t JOIN t AS u ON t.a = u.a LEFT JOIN t AS v ON v.a = u.a"
                    + " WHERE t.b = 'x' GROUP BY t.a ORDER BY t.a";

    /** A hundred classes more, of which each takes as long as ten others: jOOQ has an interface for each word of a query. */
    private static final String COMPOUND = "SELECT a FROM t UNION SELECT b FROM t";

    private static final String VIEWS =
            "SELECT max(sql LIKE '%union%' OR sql LIKE '%except%' OR sql LIKE '%intersect%') FROM main.sqlite_schema"
                    + " WHERE type = 'view'";

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private TranslatorLoading() {}

    /** Begins, if there are views: before the schema is read, which takes as long as a third of the loading. */
    static void begin(Connection sqlite) throws SQLException {
        try (Statement statement = sqlite.createStatement();
                ResultSet row = statement.executeQuery(VIEWS)) {
            boolean compound = row.getBoolean(1);
            if (!row.wasNull()) {
                begin(() -> {
                    translate();
                    query(QUERY, 3);
                    if (compound) {
                        query(COMPOUND, 1);
                    }
                });
            }
        }
    }

    /** Begins, the first time that there is something to translate; nobody has to wait for the end. */
    static void begin(Catalog catalog) {
        if (needed(catalog)) {
            begin(TranslatorLoading::translate);
        }
    }

    private static void begin(Runnable loading) {
        if (BEGUN.compareAndSet(false, true)) {
            Thread thread = new Thread(loading, "outgrow-loading");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static boolean needed(Catalog catalog) {
        for (SqliteTable table : catalog.tables()) {
            if (!table.checks().isEmpty() || hasExpression(table)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasExpression(SqliteTable table) {
        for (SqliteColumn column : table.columns()) {
            boolean literal = column.defaultValue()
                    .flatMap(SqlText::expression)
                    .map(PlainText::isLiteral)
                    .orElse(true);
            if (!literal || column.generation().isPresent()) {
                return true;
            }
        }
        for (SqliteIndex index : table.indexes()) {
            if (index.predicate().isPresent()
                    || index.terms().stream().anyMatch(term -> term.expression().isPresent())) {
                return true;
            }
        }
        return false;
    }

    private static void translate() {
        try {
            new ExpressionTranslator(new Relation("t", "t", List.of())).check(DdlParser.expression(SAMPLE));
        } catch (DdlSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the query can be translated does not matter. */
    private static void query(String text, int width) {
        try {
            Relation table = new Relation(
                    "t",
                    "t",
                    List.of(column("a", PgType.BIGINT, Affinity.INTEGER), column("b", PgType.TEXT, Affinity.TEXT)));
            Select select = DdlParser.select(text);
            List<SqliteView.Column> columns = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                columns.add(new SqliteView.Column("c" + i, ""));
            }
            SqliteView view = new SqliteView("v", text, columns, "", List.of(), Optional.of(select));
            ViewTranslator.translate(List.of(table), List.of(view));
        } catch (DdlSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Relation.Column column(String name, PgType type, Affinity affinity) {
        return new Relation.Column(name, name, new TypeMapping(type, Representation.NATIVE), affinity, "BINARY", false);
    }
}
