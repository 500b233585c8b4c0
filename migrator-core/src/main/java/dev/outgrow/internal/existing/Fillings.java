package dev.outgrow.internal.existing;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.copy.Making;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;

/**
 * Tries on a {@link ProbeTable} what PostgreSQL will do to the rows: the caller's expressions, and defaults for NULL.
 */
final class Fillings {
    private final Connection postgres;
    private final NoticeBook notices;

    Fillings(Connection postgres, NoticeBook notices) {
        this.postgres = postgres;
        this.notices = notices;
    }

    /**
     * Evaluates them.
     *
     * @param extras the columns that only expressions read, by their names in the probe
     */
    void make(ProbeTable probe, List<ColumnMapping> extras) throws SQLException {
        ExistingTable table = probe.table();
        table.making()
                .defaults()
                .forEach((column, instead) -> attempt(
                        NoticeKind.DEFAULT.id(table.pair().source().name(), column),
                        "The default of column " + column + " of table "
                                + table.mapping().targetName(),
                        "UPDATE " + probe.name() + " SET " + Identifier.quote(column) + " = " + instead + " WHERE "
                                + Identifier.quote(column) + " IS NULL"));
        List<ColumnMapping> columns = ImmutableList.<ColumnMapping>builder()
                .addAll(table.copied())
                .addAll(extras)
                .build();
        String rows = Making.named(columns, column -> "p." + Identifier.quote(column.targetName()));
        table.making()
                .fills()
                .forEach((column, expression) -> attempt(
                        NoticeKind.FILL.id(table.mapping().targetName(), column),
                        "The expression that is to fill column " + column + " of table "
                                + table.mapping().targetName(),
                        "UPDATE " + probe.name() + " t SET " + Identifier.quote(column) + " = f.value FROM (SELECT"
                                + " outgrow_place, (" + expression
                                + "\n) AS value FROM (SELECT p.ctid AS outgrow_place, "
                                + rows + " FROM " + probe.name()
                                + " p) outgrow_rows) f WHERE t.ctid = f.outgrow_place"));
        for (String column : table.making().fills().keySet()) {
            refuseNulls(probe, column);
        }
    }

    private void refuseNulls(ProbeTable probe, String column) throws SQLException {
        String table = probe.table().mapping().targetName();
        boolean required = probe.table()
                .pair()
                .target()
                .column(column)
                .filter(TargetColumn::notNull)
                .isPresent();
        Evidence nulls =
                required ? probe.whole(postgres, Identifier.quote(column) + " IS NULL") : new Evidence(0, List.of());
        if (nulls.count() > 0) {
            notices.add(NoticeDraft.blocker(
                            NoticeKind.MISFIT.id(table, column),
                            "The expression that is to fill column " + column + " of table " + table
                                    + " gives NULL for " + Amount.of(nulls.count(), "row")
                                    + ", which the column refuses.")
                    .because("Expressions that are to fill columns give NULL, which the columns refuse.")
                    .counting(nulls.count(), nulls.keys())
                    .settledBy(
                            Remedy.Kind.OPTION,
                            "Let the expression give a value for every row, as with coalesce(…, …)."));
        }
    }

    /**
     * The server's message about a refused value repeats the value; its message about a mistake in the expression does
     * not.
     */
    private void attempt(String id, String what, String sql) {
        try {
            Savepoint before = postgres.setSavepoint();
            try (Statement statement = postgres.createStatement()) {
                statement.execute(sql);
                postgres.releaseSavepoint(before);
            } catch (SQLException e) {
                postgres.rollback(before);
                String state = String.valueOf(e.getSQLState());
                if (!state.startsWith("42") && !state.startsWith("22") && !state.startsWith("P0")) {
                    throw e;
                }
                notices.add(NoticeDraft.blocker(
                                id,
                                what + " is refused by PostgreSQL (SQLSTATE " + state + ")"
                                        + (state.startsWith("42") ? ": " + firstLine(e) : "") + ".")
                        .because("PostgreSQL refuses expressions that are to fill columns (SQLSTATE " + state + ").")
                        .settledBy(
                                Remedy.Kind.OPTION,
                                "It is an expression of PostgreSQL over the columns of the source's row, and must give a"
                                        + " value of the column's type for every row."));
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "trying what fills columns");
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
    }
}
