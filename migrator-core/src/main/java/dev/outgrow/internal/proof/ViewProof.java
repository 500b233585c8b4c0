package dev.outgrow.internal.proof;

import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.query.ViewTranslator;
import dev.outgrow.internal.sqlite.read.SqliteName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Proves translated views: both databases must give the same rows, each equally often, in any order. Has no state. */
public final class ViewProof {
    private ViewProof() {}

    /**
     * Compares the rows of a view. The view need not exist in PostgreSQL, but the views that it reads from must.
     *
     * @param sqlite the snapshot
     * @param postgres the target, the schema with the copied rows in its search path; left as it was
     * @param view the view
     * @param limit the time for it, after which it has failed: a recursion may never end
     * @throws SQLException if a connection fails
     * @throws InterruptedException if the thread was interrupted
     */
    public static Finding prove(
            Connection sqlite, Connection postgres, ViewTranslator.Translated view, Optional<Duration> limit)
            throws SQLException, InterruptedException {
        List<ProvedColumn> columns = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        List<String> targets = new ArrayList<>();
        for (Relation.Column column : view.relation().columns()) {
            ProvedColumn proved = ProvedColumn.of(column);
            columns.add(proved);
            sources.add("v." + SqliteName.quote(column.name()));
            targets.add(proved.transportedColumn(column.targetName()));
        }
        String source = "SELECT " + String.join(", ", sources) + " FROM main."
                + SqliteName.quote(view.view().name()) + " AS v";
        String target = "SELECT " + String.join(", ", targets) + " FROM (" + view.query() + ") AS v";
        return QueryProof.compare(
                new RowsQuery(sqlite, source, columns, true),
                new RowsQuery(postgres, target, columns, false),
                0,
                limit);
    }
}
