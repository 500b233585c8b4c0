package dev.outgrow.internal.wayback;

import dev.outgrow.internal.run.BackPlan;
import dev.outgrow.internal.sqlite.page.PageFormatException;
import dev.outgrow.internal.sqlite.page.RowDifferences;
import dev.outgrow.internal.sqlite.source.NewFile;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.validate.NotCompared;
import dev.outgrow.validate.TableComparison;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.DatabaseAccess;
import dev.outgrow.validate.internal.EqualRows;
import dev.outgrow.validate.internal.RowsAgain;
import dev.outgrow.validate.internal.UnorderedKeyException;
import dev.outgrow.validate.internal.Validator;
import dev.outgrow.validate.internal.ValidatorOptions;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Proves that the new file holds what PostgreSQL holds, value by value, without comparing twice what was compared already. The
 * search for changes has compared every value of the backup with PostgreSQL's, in the snapshot that is still in use, so for a table
 * whose rows it merged by their keys three things are enough:
 *
 * <ul>
 *   <li>each row of the new file that was not written has the bytes that it has in the backup, under the same rowid, and no row of the
 *       backup is missing but those that were deleted: {@link RowDifferences} reads all rows of both files;
 *   <li>each row that was written is compared with the very row of PostgreSQL from which it came, found by the key that the search
 *       saw: {@link RowsAgain} does so with the validator's streams and proofs;
 *   <li>both have as many rows.
 * </ul>
 *
 * All other tables are compared as a whole: those without a key that both databases order alike, without rowids, with columns that
 * are computed or left behind, and all tables if the migration read something else than the file's own rows.
 */
final class FileProof {
    private final NewFile file;
    private final Snapshot made;
    private final Snapshot frozen;
    private final RootPages roots;
    private final BackPlan plan;
    private final Obstacles obstacles;
    private final DatabaseAccess target;
    private final int parallelism;
    private final List<NotCompared> notCompared = new ArrayList<>();
    private final List<ChangedTable> untouched = new ArrayList<>();

    /**
     * A proof.
     *
     * @param made the new file as it is read
     * @param frozen the backup
     * @param target PostgreSQL in the snapshot in which changes were searched
     */
    FileProof(
            NewFile file,
            Snapshot made,
            Snapshot frozen,
            RootPages roots,
            BackPlan plan,
            Obstacles obstacles,
            DatabaseAccess target,
            int parallelism) {
        this.file = file;
        this.made = made;
        this.frozen = frozen;
        this.roots = roots;
        this.plan = plan;
        this.obstacles = obstacles;
        this.target = target;
        this.parallelism = parallelism;
    }

    /** Compares all tables. */
    ValidationReport of(List<ChangedTable> tables) throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        Map<String, TableComparison> compared = new HashMap<>();
        List<ChangedTable> whole = new ArrayList<>();
        try (RowsAgain again = RowsAgain.open(DatabaseAccess.opening(made::open), target)) {
            for (ChangedTable table : comparable(tables)) {
                Optional<TableComparison> found = written(table, again);
                found.ifPresentOrElse(one -> compared.put(table.name(), one), () -> whole.add(table));
                found.filter(TableComparison::passed).ifPresent(one -> untouched.add(table));
            }
            notCompared.addAll(again.unread());
        }
        file.demandOriginal();
        ValidationReport rest = whole(whole);
        rest.tables().forEach(one -> compared.put(one.table(), one));
        notCompared.addAll(rest.notCompared());
        return new ValidationReport(
                Validation.ALL_VALUES,
                tables.stream()
                        .map(ChangedTable::name)
                        .filter(compared::containsKey)
                        .map(compared::get)
                        .toList(),
                rest.schemaFindings(),
                rest.checks(),
                notCompared,
                Duration.ofNanos(System.nanoTime() - begun));
    }

    /** The tables of which that showed that all rows that were not written are as they are in the backup. */
    List<ChangedTable> untouched() {
        return List.copyOf(untouched);
    }

    private List<ChangedTable> comparable(List<ChangedTable> tables) {
        return tables.stream()
                .filter(table ->
                        !table.table().ofQuery() && !obstacles.isLeftBehind(NoticeKind.WAY_BACK.id(table.name())))
                .toList();
    }

    /** The comparison of a table of which only the written rows are read again; empty if that would not do. */
    private Optional<TableComparison> written(ChangedTable table, RowsAgain again)
            throws SQLException, InterruptedException {
        ComparedTable terms = leavingOut(table);
        Optional<EqualRows> equal =
                table.equalRows().filter(rows -> terms.leftOut().isEmpty());
        OptionalLong root = equal.isPresent() && plan.source().path().equals(frozen.path())
                ? roots.of(table.name(), table.name())
                : OptionalLong.empty();
        if (root.isEmpty()) {
            return Optional.empty();
        }
        Optional<RowsAgain.Table> rows = again.of(terms, table.place().get(0));
        List<String> names =
                table.columns().stream().map(column -> column.column().name()).toList();
        if (rows.isEmpty() || !rows.get().columns().equals(names)) {
            return Optional.empty();
        }
        RowsAgain.Table one = rows.get();
        try (RowDifferences differences = RowDifferences.of(made.path(), frozen.path())) {
            long sourceRows = UntouchedRows.prove(table.written(), differences, root.getAsLong(), one::wrong);
            table.written().written(table.keyIndexes(), (rowid, key) -> {
                if (rowid.isPresent()) {
                    one.add(rowid.getAsLong(), key);
                } else {
                    one.wrong("a row that was not written");
                }
            });
            long targetRows = table.sourceRows() - table.deleted() + table.inserted();
            return Optional.of(one.finish(equal.get(), sourceRows, targetRows));
        } catch (PageFormatException | IOException | UnorderedKeyException e) {
            return Optional.empty();
        }
    }

    private ValidationReport whole(List<ChangedTable> tables) throws SQLException, InterruptedException {
        try (BackPlan.Treated treated = plan.treated(made)) {
            return new Validator(
                            DatabaseAccess.opening(treated.snapshot()::open),
                            target,
                            tables.stream().map(this::leavingOut).toList(),
                            ValidatorOptions.defaults().withParallelism(parallelism))
                    .run();
        }
    }

    /** What the caller leaves behind is not compared, and the report says so. */
    private ComparedTable leavingOut(ChangedTable changed) {
        ComparedTable table = changed.table().compared();
        Map<String, String> leftOut = new HashMap<>(table.leftOut());
        for (ColumnMapping column : table.mapping().columns()) {
            String name = column.column().name();
            if (changed.isCut(column)) {
                leftOut.put(name, "fractions were cut off; what was written was compared in PostgreSQL");
            } else if (obstacles.isLeftBehind(
                    NoticeKind.WAY_BACK.id(table.mapping().table(), name))) {
                leftOut.put(name, "it was left behind on the way back");
            }
        }
        return new ComparedTable(
                table.mapping(),
                table.targetSchema(),
                table.keyColumns(),
                table.rowidUsable(),
                OptionalLong.empty(),
                leftOut,
                table.defaulted(),
                table.keptRows(),
                table.expectations());
    }
}
