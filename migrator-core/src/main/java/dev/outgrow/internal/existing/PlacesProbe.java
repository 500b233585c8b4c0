package dev.outgrow.internal.existing;

import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Whether every row has a partition, and no two rows violate an exclusion constraint. */
final class PlacesProbe {
    private static final String PARTITIONS = """
            SELECT coalesce(pg_catalog.pg_get_partition_constraintdef(t.relid), 'true')
              FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)) t WHERE t.isleaf AND t.level > 0""";

    private static final String EXCLUSIONS = """
            SELECT k.conname, pg_catalog.pg_get_constraintdef(k.oid)
              FROM pg_catalog.pg_constraint k WHERE k.conrelid = pg_catalog.to_regclass(?) AND k.contype = 'x'
             ORDER BY k.conname""";

    private final Connection postgres;
    private final NoticeBook notices;

    PlacesProbe(Connection postgres, NoticeBook notices) {
        this.postgres = postgres;
        this.notices = notices;
    }

    void ask(ProbeTable probe) throws SQLException {
        TargetTable target = probe.table().pair().target();
        if (target.kind() == 'p') {
            partitions(probe, target);
        }
        if (target.exclusions()) {
            exclusions(probe, target);
        }
    }

    private void partitions(ProbeTable probe, TargetTable target) throws SQLException {
        List<String> places = new ArrayList<>();
        for (List<String> row : rows(PARTITIONS, target, 1)) {
            places.add("(" + row.get(0) + ")");
        }
        // A row for which a bound is neither true nor false has a NULL in its key; only a default partition accepts it.
        String placed = places.isEmpty() ? "false" : String.join(" OR ", places);
        Evidence lost = probe.whole(postgres, "(" + placed + ") IS NOT TRUE");
        if (lost.count() > 0) {
            String source = probe.table().pair().source().name();
            notices.add(NoticeDraft.blocker(
                            NoticeKind.PARTITION.id(source),
                            Amount.of(lost.count(), "row") + " of table " + source
                                    + Amount.verb(lost.count(), " belongs", " belong") + " to no partition of table "
                                    + target.name() + " of the target.")
                    .because("Rows belong to no partition of their table in the target.")
                    .counting(lost.count(), lost.keys())
                    .settledBy(
                            Remedy.Kind.FIX_TARGET, "Let the app's migrations make the partitions, or a DEFAULT one."));
        }
    }

    private void exclusions(ProbeTable probe, TargetTable target) throws SQLException {
        for (List<String> constraint : rows(EXCLUSIONS, target, 2)) {
            Savepoint before = postgres.setSavepoint();
            try (Statement statement = postgres.createStatement()) {
                statement.execute("ALTER TABLE " + probe.name() + " ADD " + constraint.get(1));
                postgres.releaseSavepoint(before);
            } catch (SQLException e) {
                postgres.rollback(before);
                if (!"23P01".equals(e.getSQLState())) {
                    throw e;
                }
                String source = probe.table().pair().source().name();
                notices.add(NoticeDraft.blocker(
                                NoticeKind.EXCLUSION.id(source, constraint.get(0)),
                                "Rows of table " + source + " exclude each other by the constraint " + constraint.get(0)
                                        + " of the target.")
                        .because("Rows exclude each other by constraints of the target.")
                        .settledBy(Remedy.Kind.FIX_SOURCE, "Correct these rows in SQLite."));
            }
        }
    }

    private List<List<String>> rows(String sql, TargetTable target, int columns) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (PreparedStatement statement = postgres.prepareStatement(sql)) {
            statement.setString(1, Identifier.qualified(target.schema(), target.name()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        values.add(row.getString(i));
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }
}
