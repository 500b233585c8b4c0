package dev.outgrow.internal.wayback;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.run.BackPlan;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.Rowid;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.wayback.StuckValues.Why;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.form.ColumnForm;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.typemap.internal.value.WaysBack;
import dev.outgrow.validate.internal.EqualRows;
import dev.outgrow.validate.internal.change.RowChanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one table in PostgreSQL since the backup: noted during the search, and afterwards written into the new
 * file. Safe for use by several threads during the search: all tables of a file share one monitor, the connection to the notes.
 */
final class ChangedTable implements RowChanges {
    private final BackPlan.Table table;
    private final Connection notes;
    private final int number;
    private final Obstacles obstacles;
    private final List<String> place;
    private final BitSet cut = new BitSet();
    private List<ColumnMapping> columns = List.of();
    private List<Optional<ColumnForm>> forms = List.of();
    private StuckValues stuck = new StuckValues(List.of(), List.of());
    private BitSet writable = new BitSet();
    private BitSet oneWay = new BitSet();
    private BitSet filled = new BitSet();
    private @Nullable NotedRows noted;
    private @Nullable RowLog log;
    private long inserted;
    private long changed;
    private long deleted;
    private long sourceRows;
    private @Nullable EqualRows equal;
    private boolean mergedWhole;

    /**
     * A table without changes yet.
     *
     * @param notes where changes are noted
     * @param number of the table among the others
     */
    ChangedTable(BackPlan.Table table, Connection notes, int number, Obstacles obstacles) {
        this.table = table;
        this.notes = notes;
        this.number = number;
        this.obstacles = obstacles;
        this.place = place(table.source());
    }

    /** The place of a row: its rowid, or the key of a table without rowids. */
    private static List<String> place(SqliteTable table) {
        Optional<String> rowid = Rowid.nameIn(table);
        return rowid.isPresent()
                ? ImmutableList.of(rowid.get())
                : table.primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of()).stream()
                        .map(SqliteName::quote)
                        .toList();
    }

    BackPlan.Table table() {
        return table;
    }

    String name() {
        return table.source().name();
    }

    /** Expressions that identify a row; a table without any is not written to. */
    List<String> place() {
        return place.isEmpty() ? ImmutableList.of("NULL") : place;
    }

    @Override
    public void begin(List<ColumnMapping> those) throws SQLException {
        synchronized (notes) {
            columns = those;
            forms = those.stream()
                    .map(column -> ColumnForm.of(column.mapping()))
                    .toList();
            stuck = new StuckValues(those, forms);
            writable = new BitSet();
            oneWay = new BitSet();
            filled = new BitSet();
            for (int i = 0; i < those.size(); i++) {
                ColumnMapping column = those.get(i);
                boolean computed = table.source()
                        .column(column.column().name())
                        .flatMap(SqliteColumn::generation)
                        .isPresent();
                boolean stays = WaysBack.isOneWay(column.mapping());
                writable.set(i, !computed && !stays);
                oneWay.set(i, stays);
            }
            inserted = 0;
            changed = 0;
            deleted = 0;
            sourceRows = 0;
            equal = null;
            mergedWhole = true;
            noted = new NotedRows(notes, number, place().size(), those.size());
        }
    }

    private NotedRows noted() {
        return Objects.requireNonNull(noted, "begin() was not called");
    }

    private RowLog log() {
        return Objects.requireNonNull(log, "open() was not called");
    }

    @Override
    public void inserted(ValueSlot[] now) throws SQLException {
        synchronized (notes) {
            inserted++;
            for (int i = oneWay.nextSetBit(0); i >= 0; i = oneWay.nextSetBit(i + 1)) {
                if (now[i].storageClass() != StorageClass.NULL) {
                    take(Why.ONE_WAY, i, now);
                }
            }
            lookThrough(writable, now);
            noted().add(NotedRows.Work.INSERT, null, now, writable);
        }
    }

    @Override
    public void changed(ValueSlot[] where, ValueSlot[] now, BitSet differing) throws SQLException {
        synchronized (notes) {
            changed++;
            for (int i = differing.nextSetBit(0); i >= 0; i = differing.nextSetBit(i + 1)) {
                if (oneWay.get(i)) {
                    take(Why.ONE_WAY, i, now);
                }
            }
            BitSet mask = (BitSet) differing.clone();
            mask.and(writable);
            lookThrough(mask, now);
            if (!mask.isEmpty()) {
                noted().add(NotedRows.Work.UPDATE, where, now, mask);
            }
        }
    }

    @Override
    public void deleted(ValueSlot[] where) throws SQLException {
        synchronized (notes) {
            deleted++;
            noted().add(NotedRows.Work.DELETE, where, null, null);
        }
    }

    @Override
    public void read(long rows, List<Optional<ColumnForm>> learned, Optional<EqualRows> same) {
        synchronized (notes) {
            sourceRows += rows;
            mergedWhole &= same.isPresent();
            equal = equal == null ? same.orElse(null) : same.map(equal::plus).orElse(null);
            for (int i = 0; i < learned.size(); i++) {
                if (learned.get(i).isPresent()) {
                    forms.get(i).orElseThrow().add(learned.get(i).get());
                }
            }
        }
    }

    private void lookThrough(BitSet written, ValueSlot[] now) {
        for (int i = written.nextSetBit(0); i >= 0; i = written.nextSetBit(i + 1)) {
            if (now[i].storageClass() != StorageClass.NULL) {
                filled.set(i);
            }
            Optional<Why> why = stuck.why(i, now[i]);
            if (why.isPresent()) {
                take(why.get(), i, now);
            }
        }
    }

    private void take(Why why, int column, ValueSlot[] now) {
        stuck.take(why, column, key(now));
    }

    /** The key of a row of the target, as messages name it. */
    String key(ValueSlot[] now) {
        return NamedKey.of(table.compared().keyColumns(), columns, now);
    }

    long inserted() {
        return inserted;
    }

    long changed() {
        return changed;
    }

    long deleted() {
        return deleted;
    }

    long sourceRows() {
        return sourceRows;
    }

    boolean isChanged() {
        return inserted + changed + deleted > 0;
    }

    List<ColumnMapping> columns() {
        return columns;
    }

    /** The columns whose values had several forms, of which new values get the most common one. */
    List<String> columnsOfSeveralForms() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).column().name();
            if (!table.mute().contains(name)
                    && forms.get(i).filter(form -> form.forms() > 1).isPresent()) {
                names.add(name);
            }
        }
        return names;
    }

    /** The columns that had no value, and for which no rule says how they are written. */
    IntStream muteColumns() {
        return IntStream.range(0, columns.size())
                .filter(i -> table.mute().contains(columns.get(i).column().name()));
    }

    /** What was learned of the form of a column; empty if its mapping knows only one. */
    Optional<ColumnForm> form(int column) {
        return forms.get(column);
    }

    /** Whether a column gets values. */
    boolean isFilled(int column) {
        return filled.get(column);
    }

    /** Adds notices about changes that cannot be carried back. */
    void nameStuck() {
        for (Why why : List.of(Why.TOO_PRECISE, Why.SPELLED, Why.UNWRITTEN)) {
            stuck.columns(why).forEach(column -> stuck.refuse(why, column, obstacles));
        }
        stuck.columnsOfWholeUnits().forEach(this::nameBetweenUnits);
        if (table.ofQuery() && isChanged()) {
            obstacles.loss(
                    NoticeKind.WAY_BACK.id(name()),
                    "A query gave the rows of table " + name() + ", and PostgreSQL has changed since: " + inserted
                            + " inserted, " + changed + " changed, " + deleted
                            + " deleted. SQLite has no row to carry them to.",
                    "Leave them behind: the tables that the query reads stay as they were.",
                    inserted + changed + deleted,
                    List.of());
        } else if (place.isEmpty() && isChanged()) {
            obstacles.refuse(
                    NoticeKind.WAY_BACK.id(name()),
                    "Table " + name()
                            + " has columns of all the names of the rowid and no key, so that none of its rows"
                            + " can be told from another.",
                    inserted + changed + deleted,
                    List.of());
        }
        stuck.columns(Why.ONE_WAY)
                .forEach(column -> stuck.lose(
                        Why.ONE_WAY,
                        column,
                        "Leave them behind: changed rows keep the old value, new ones get the default.",
                        obstacles));
    }

    /** A key stays what it is: rows are found by it. */
    private void nameBetweenUnits(int column) {
        ColumnMapping mapping = columns.get(column);
        if (CutColumn.truncation(mapping).isEmpty()
                || table.compared().keyColumns().contains(mapping.column().name())) {
            stuck.refuse(Why.BETWEEN_UNITS, column, obstacles);
        } else if (stuck.lose(Why.BETWEEN_UNITS, column, "The fractions are cut off in SQLite.", obstacles)) {
            forms.get(column).orElseThrow().cutToUnits();
            cut.set(column);
        }
    }

    /** Whether the caller has what lies between the units of a column cut off. */
    boolean isCut(ColumnMapping column) {
        int index = columns.indexOf(column);
        return index >= 0 && cut.get(index);
    }

    /**
     * Reads from now on what was noted. A table that PostgreSQL no longer has has no notes.
     *
     * @param file the connection that writes into the new file, with the notes
     */
    void open(Connection file) throws SQLException {
        if (noted != null) {
            log = new RowLog(file, number, place().size(), columns.size());
        }
    }

    /** Writes the changes into the file, once they were opened. */
    void write(Connection file) throws SQLException {
        if (log != null && !table.ofQuery() && isChanged()) {
            new TableWriter(this, file, log, forms, obstacles).write();
        }
    }

    /** The columns whose values must equal PostgreSQL's if they are sent there again. */
    List<ColumnMapping> provable() {
        List<ColumnMapping> provable = new ArrayList<>();
        for (int i = writable.nextSetBit(0); i >= 0 && !table.ofQuery(); i = writable.nextSetBit(i + 1)) {
            if (!table.compared().defaulted().contains(columns.get(i).column().name())) {
                provable.add(columns.get(i));
            }
        }
        return provable;
    }

    /** The table with the places of the written rows, as SQL names it. */
    String carriedRows() {
        return log().carriedRows();
    }

    /** The condition that a row of the file is one of the written ones. */
    String isCarried(String row, String carried) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < place.size(); i++) {
            parts.add(row + "." + place.get(i) + (place.size() == 1 ? " = " : " IS ") + carried + ".p" + i);
        }
        return String.join(" AND ", parts);
    }

    /**
     * The rows that both databases have, if every row of the table was compared by its key, and each change that was found is one
     * that was to be written: then all others are as they were in the backup.
     */
    Optional<EqualRows> equalRows() {
        boolean whole = mergedWhole
                && !table.ofQuery()
                && !place.isEmpty()
                && !table.source().withoutRowid()
                && writable.cardinality() == columns.size()
                && table.compared().defaulted().isEmpty()
                && table.compared().keptRows() == 0;
        return whole ? Optional.ofNullable(equal) : Optional.empty();
    }

    /** Whether the log tells each row of the file that was written or deleted, by its rowid. */
    boolean isLogged() {
        return log != null && !place.isEmpty() && !table.source().withoutRowid() && !table.ofQuery();
    }

    /** Where the columns of the key are among those that were compared. */
    List<Integer> keyIndexes() {
        List<String> names =
                columns.stream().map(column -> column.column().name()).toList();
        return table.compared().keyColumns().stream().map(names::indexOf).toList();
    }

    /** What was to be written and what was. */
    RowLog written() {
        return log();
    }
}
