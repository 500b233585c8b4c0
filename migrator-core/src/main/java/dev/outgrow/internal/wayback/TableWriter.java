package dev.outgrow.internal.wayback;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.internal.form.ColumnForm;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.validate.internal.change.StoredValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.sqlite.SQLiteErrorCode;

/**
 * Writes the changes of one table into the new file: rows that are gone, then those that differ, then new ones. A row
 * that needs a key which another row is about to give up has to wait: all waiting rows are removed and inserted again.
 */
final class TableWriter {
    /** More sets of columns are not worth a pass through the log for each. */
    private static final int MOST_PASSES = 32;

    private final ChangedTable table;
    private final Connection file;
    private final RowLog log;
    private final List<Optional<ColumnForm>> forms;
    private final Obstacles obstacles;
    private final String name;
    private final String where;
    private final Map<BitSet, PreparedStatement> updates = new HashMap<>();
    private final Map<SQLiteErrorCode, Refused> refused = new EnumMap<>(SQLiteErrorCode.class);
    private boolean waiting;

    /** Writes all rows in which the same columns change; false if it wrote none of them. */
    @FunctionalInterface
    private interface AtOnce {
        boolean write(BitSet columns) throws SQLException;
    }

    /** Rows that SQLite refuses for one reason. */
    private record Refused(List<String> keys, AtomicLong count) {}

    TableWriter(
            ChangedTable table, Connection file, RowLog log, List<Optional<ColumnForm>> forms, Obstacles obstacles) {
        this.table = table;
        this.file = file;
        this.log = log;
        this.forms = forms;
        this.obstacles = obstacles;
        this.name = "main." + SqliteName.quote(table.name());
        this.where =
                " WHERE " + table.place().stream().map(part -> part + " IS ?").collect(joining(" AND "));
    }

    void write() throws SQLException {
        try (FormFunction function = FormFunction.of(file, forms)) {
            RowsAtOnce atOnce = new RowsAtOnce(table, file, log, function);
            delete(atOnce);
            each(NotedRows.Work.UPDATE, atOnce::update, this::update);
            if (waiting) {
                takeOutAndPutIn();
            }
            insert(atOnce);
        } catch (SQLException e) {
            if (SqliteFailure.primaryCode(e) != SQLiteErrorCode.SQLITE_ERROR.code) {
                throw e;
            }
            obstacles.refuse(
                    NoticeKind.WAY_BACK.id(table.name()),
                    "SQLite cannot write to table " + table.name() + " without the application: "
                            + SqliteFailure.says(e) + ".",
                    table.inserted() + table.changed() + table.deleted(),
                    List.of());
        } finally {
            for (PreparedStatement statement : updates.values()) {
                statement.close();
            }
        }
        refused.forEach((code, rows) -> obstacles.refuse(
                NoticeKind.WAY_BACK.id(table.name()),
                "SQLite refuses " + rows.count().get() + (rows.count().get() == 1 ? " row" : " rows") + " of table "
                        + table.name() + ": " + words(code) + ".",
                rows.count().get(),
                rows.keys()));
    }

    private static String words(SQLiteErrorCode code) {
        return switch (code) {
            case SQLITE_CONSTRAINT_CHECK -> "a CHECK of the table does not hold for what they are now";
            case SQLITE_CONSTRAINT_NOTNULL -> "a column that is NOT NULL has no value in PostgreSQL";
            case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
                "another row has the same key, which PostgreSQL tells apart";
            case SQLITE_CONSTRAINT_DATATYPE, SQLITE_MISMATCH -> "a column takes no values of that class";
            default -> "a constraint does not hold (" + code + ")";
        };
    }

    /** Rows in which the same columns change are written at once if SQLite takes them all. Each set of columns is a pass of its own. */
    private void each(NotedRows.Work work, AtOnce atOnce, RowLog.Doer one) throws SQLException {
        List<BitSet> masks = log.masks(work);
        if (masks.size() > MOST_PASSES) {
            log.each(work, one);
            return;
        }
        for (BitSet columns : masks) {
            if (!atOnce.write(columns)) {
                log.each(work, Optional.of(columns), one);
            }
        }
    }

    private void delete(RowsAtOnce atOnce) throws SQLException {
        if (atOnce.delete()) {
            return;
        }
        try (PreparedStatement statement = file.prepareStatement("DELETE FROM " + name + where)) {
            log.each(NotedRows.Work.DELETE, (number, place, values, columns) -> {
                bind(statement, 1, place);
                statement.executeUpdate();
            });
        }
    }

    private static void bind(PreparedStatement statement, int first, ValueSlot[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            StoredValue.set(statement, first + i, values[i]);
        }
    }

    private String column(int index) {
        return SqliteName.quote(table.columns().get(index).column().name());
    }

    private void form(ValueSlot[] values, BitSet columns) {
        for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
            ValueSlot value = values[i];
            forms.get(i).ifPresent(form -> form.apply(value));
        }
    }

    private void update(long number, ValueSlot[] place, ValueSlot[] values, BitSet columns) throws SQLException {
        String key = table.key(values);
        form(values, columns);
        PreparedStatement statement = updates.get(columns);
        if (statement == null) {
            statement = file.prepareStatement("UPDATE OR ABORT " + name + " SET "
                    + columns.stream()
                            .mapToObj(column -> column(column) + " = ?")
                            .collect(joining(", "))
                    + where);
            updates.put((BitSet) columns.clone(), statement);
        }
        bind(statement, bindColumns(statement, 1, values, columns), place);
        try {
            statement.executeUpdate();
            log.carried(number, place);
        } catch (SQLException e) {
            if (isUnique(e)) {
                log.putOff(number);
                waiting = true;
            } else {
                refuse(e, key);
            }
        }
    }

    private static int bindColumns(PreparedStatement statement, int first, ValueSlot[] values, BitSet columns)
            throws SQLException {
        int parameter = first;
        for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
            StoredValue.set(statement, parameter++, values[i]);
        }
        return parameter;
    }

    private static boolean isUnique(SQLException e) {
        return switch (SqliteFailure.code(e)) {
            case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID -> true;
            default -> false;
        };
    }

    /** A failure other than that of a constraint does not concern the row. */
    private void refuse(SQLException e, String key) throws SQLException {
        if (!SqliteFailure.isOfRow(e)) {
            throw e;
        }
        Refused rows = refused.computeIfAbsent(
                SqliteFailure.code(e), first -> new Refused(new ArrayList<>(), new AtomicLong()));
        rows.count().incrementAndGet();
        if (rows.keys().size() < Evidence.MOST_KEYS) {
            rows.keys().add(key);
        }
    }

    /** The columns that hold values of their own, in the order of the table. */
    private List<String> stored() {
        return table.table().source().columns().stream()
                .filter(column -> column.generation().isEmpty() && !column.hidden())
                .map(SqliteColumn::name)
                .map(SqliteName::quote)
                .toList();
    }

    private void takeOutAndPutIn() throws SQLException {
        String aside = "temp.\"outgrow aside\"";
        List<String> stored = stored();
        List<String> place = table.place();
        boolean hiddenPlace = place.stream().noneMatch(stored::contains);
        String all = (hiddenPlace ? String.join(", ", place) + ", " : "") + String.join(", ", stored);
        try (Statement statement = file.createStatement()) {
            // Columns without a type, so that each value stays what it is.
            StringBuilder names = new StringBuilder();
            for (int i = 0; i < stored.size() + (hiddenPlace ? place.size() : 0); i++) {
                names.append(", c").append(i);
            }
            statement.execute("CREATE TABLE " + aside + "(n INTEGER PRIMARY KEY" + names + ")");
            try (PreparedStatement keep = file.prepareStatement(
                            "INSERT INTO " + aside + " SELECT ?, " + all + " FROM " + name + where);
                    PreparedStatement delete = file.prepareStatement("DELETE FROM " + name + where)) {
                log.each(NotedRows.Work.UPDATE_LATER, (number, where, values, columns) -> {
                    keep.setLong(1, number);
                    bind(keep, 2, where);
                    keep.executeUpdate();
                    bind(delete, 1, where);
                    delete.executeUpdate();
                });
            }
            int first = hiddenPlace ? place.size() : 0;
            try (PreparedStatement putIn = file.prepareStatement("INSERT OR ABORT INTO " + name + "(" + all
                    + ") SELECT " + names.substring(2) + " FROM " + aside + " WHERE n = ?")) {
                log.each(NotedRows.Work.UPDATE_LATER, (number, where, values, columns) -> {
                    String key = table.key(values);
                    form(values, columns);
                    for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
                        try (PreparedStatement set = file.prepareStatement("UPDATE " + aside + " SET c"
                                + (first + stored.indexOf(column(i))) + " = ? WHERE n = ?")) {
                            StoredValue.set(set, 1, values[i]);
                            set.setLong(2, number);
                            set.executeUpdate();
                        }
                    }
                    putIn.setLong(1, number);
                    if (execute(putIn, key)) {
                        log.carried(number, where);
                    }
                });
            }
            statement.execute("DROP TABLE " + aside);
        }
    }

    private boolean execute(PreparedStatement statement, String key) throws SQLException {
        try {
            statement.executeUpdate();
            return true;
        } catch (SQLException e) {
            refuse(e, key);
            return false;
        }
    }

    private void insert(RowsAtOnce atOnce) throws SQLException {
        Map<BitSet, PreparedStatement> inserts = new HashMap<>();
        try {
            each(NotedRows.Work.INSERT, atOnce::insert, (number, place, values, columns) -> {
                String key = table.key(values);
                form(values, columns);
                PreparedStatement statement = inserts.get(columns);
                if (statement == null) {
                    statement = file.prepareStatement("INSERT OR ABORT INTO " + name
                            + (columns.isEmpty()
                                    ? " DEFAULT VALUES"
                                    : "("
                                            + columns.stream()
                                                    .mapToObj(this::column)
                                                    .collect(joining(", ")) + ") VALUES (?"
                                            + ", ?".repeat(columns.cardinality() - 1) + ")"));
                    inserts.put((BitSet) columns.clone(), statement);
                }
                bindColumns(statement, 1, values, columns);
                if (execute(statement, key)) {
                    log.carried(number, placeOfInserted(values));
                }
            });
        } finally {
            for (PreparedStatement statement : inserts.values()) {
                statement.close();
            }
        }
    }

    /** The place of a new row: the columns that identify it, or the rowid that SQLite gave it. */
    private ValueSlot[] placeOfInserted(ValueSlot[] values) throws SQLException {
        List<String> place = table.place();
        ValueSlot[] found = new ValueSlot[place.size()];
        for (int i = 0; i < found.length; i++) {
            for (int c = 0; c < values.length && found[i] == null; c++) {
                found[i] = column(c).equals(place.get(i)) ? values[c] : null;
            }
            if (found[i] == null) {
                found[i] = lastRowid();
            }
        }
        return found;
    }

    private ValueSlot lastRowid() throws SQLException {
        ValueSlot rowid = new ValueSlot();
        try (Statement statement = file.createStatement();
                ResultSet row = statement.executeQuery("SELECT last_insert_rowid()")) {
            rowid.setInteger(row.getLong(1));
        }
        return rowid;
    }
}
