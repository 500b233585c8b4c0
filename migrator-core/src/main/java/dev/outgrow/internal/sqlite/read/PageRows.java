package dev.outgrow.internal.sqlite.read;

import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.page.PageFile;
import dev.outgrow.internal.sqlite.page.PageFormatException;
import dev.outgrow.internal.sqlite.page.TableRows;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table, read from its pages: asking SQLite for each value takes longer than decoding it. If a page does
 * not follow the format, SQLite reads on from there and reports what is wrong.
 */
final class PageRows implements Rows {
    private static final int NO_SLOT = -1;

    private final Connection connection;
    private final RowQuery query;
    private final RowQuery.Scan scan;
    private final TextEncoding encoding;
    private final ValueSlot[] slots;
    private final TableRows rows;
    private final int[] slotOfField;
    private final int[] rowidSlots;
    private final ValueSlot[] defaults;
    private int knownDefaults;
    private final long last;
    private long read;
    private boolean anyRead;
    private boolean begun;
    private @Nullable RowReader rest;

    private PageRows(
            Connection connection,
            RowQuery query,
            RowQuery.Scan scan,
            TextEncoding encoding,
            PageFile file,
            long root) {
        this.connection = connection;
        this.query = query;
        this.scan = scan;
        this.encoding = encoding;
        this.slots = Rows.newSlots(query.columnCount());
        List<SqliteColumn> columns = scan.table().columns();
        this.slotOfField = slots(columns, scan.columns());
        this.rowidSlots = rowidSlots(scan);
        this.defaults = Rows.newSlots(columns.size());
        this.knownDefaults = columns.size();
        this.rows = new TableRows(
                file,
                root,
                slotOfField,
                stillReal(columns),
                slots,
                encoding == TextEncoding.UTF_8 ? Optional.empty() : Optional.of(encoding::toUtf8));
        this.last = scan.range().upTo().isEmpty()
                ? Long.MAX_VALUE
                : (Long) scan.range().upTo().get(0);
    }

    /**
     * Reads a query's rows.
     *
     * @param connection for what the pages alone do not tell
     * @return empty if the rows are not identified by rowids, or not all values are stored
     */
    static Optional<Rows> open(Connection connection, RowQuery query, TextEncoding encoding, PageFile file) {
        RowQuery.Scan scan = query.scan().orElse(null);
        if (scan == null || !isReadable(scan)) {
            return Optional.empty();
        }
        try (PreparedStatement root = connection.prepareStatement(
                "SELECT rootpage FROM main.sqlite_schema WHERE type = 'table' AND name = ?")) {
            root.setString(1, scan.table().name());
            try (ResultSet row = root.executeQuery()) {
                return row.next() && row.getLong(1) > 1
                        ? Optional.of(new PageRows(connection, query, scan, encoding, file, row.getLong(1)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "reading " + query.subject());
        }
    }

    private static boolean isReadable(RowQuery.Scan scan) {
        SqliteTable table = scan.table();
        for (SqliteColumn column : table.columns()) {
            if (column.hidden() || column.generation().isPresent()) {
                return false;
            }
        }
        return !table.sql().isEmpty() && Rowid.nameIn(table).isPresent();
    }

    /** The field of a column that is the rowid's alias holds nothing. */
    private static int[] slots(List<SqliteColumn> columns, List<String> wanted) {
        int[] slots = new int[columns.size()];
        for (int i = 0; i < slots.length; i++) {
            SqliteColumn column = columns.get(i);
            slots[i] = column.source().rowidAlias() ? NO_SLOT : wanted.indexOf(column.name());
        }
        return slots;
    }

    private static int[] rowidSlots(RowQuery.Scan scan) {
        Optional<SqliteColumn> column = scan.table().rowidAlias();
        int alias = column.isPresent() ? scan.columns().indexOf(column.get().name()) : NO_SLOT;
        int behind = scan.withRowid() ? scan.columns().size() : NO_SLOT;
        if (alias == NO_SLOT) {
            return behind == NO_SLOT ? new int[0] : new int[] {behind};
        }
        return behind == NO_SLOT ? new int[] {alias} : new int[] {alias, behind};
    }

    private static boolean[] stillReal(List<SqliteColumn> columns) {
        boolean[] real = new boolean[columns.size()];
        for (int i = 0; i < real.length; i++) {
            real[i] = columns.get(i).source().affinity() == Affinity.REAL;
        }
        return real;
    }

    @Override
    public boolean next() {
        if (rest != null) {
            return rest.next();
        }
        Rows.interruptible(query.subject());
        try {
            return step();
        } catch (IOException | PageFormatException e) {
            RowRange unread = anyRead ? new RowRange(List.of(read), scan.range().upTo()) : scan.range();
            rest = RowReader.open(connection, scan.within(unread), encoding, slots);
            return rest.next();
        }
    }

    private boolean step() throws IOException, PageFormatException {
        if (!begun) {
            begun = true;
            List<Object> after = scan.range().after();
            if (!after.isEmpty() && (Long) after.get(0) == Long.MAX_VALUE) {
                return false;
            }
            rows.seek(after.isEmpty() ? Long.MIN_VALUE : (Long) after.get(0) + 1);
        }
        if (!rows.next() || rows.rowid() > last) {
            return false;
        }
        long rowid = rows.rowid();
        int fields = rows.fill();
        if (fields < rows.fieldsWanted()) {
            addDefaults(rowid, fields);
        }
        for (int slot : rowidSlots) {
            slots[slot].setInteger(rowid);
        }
        read = rowid;
        anyRead = true;
        return true;
    }

    /** A row that is older than a column has no field for it: SQLite gives the same default for each of them. */
    private void addDefaults(long rowid, int fields) {
        if (fields < knownDefaults) {
            RowRange one = new RowRange(rowid == Long.MIN_VALUE ? List.of() : List.of(rowid - 1), List.of(rowid));
            try (RowReader reader = RowReader.open(connection, scan.within(one), encoding)) {
                reader.next();
                for (int field = fields; field < slotOfField.length; field++) {
                    if (slotOfField[field] != NO_SLOT) {
                        defaults[field].set(reader.slots()[slotOfField[field]]);
                    }
                }
            }
            knownDefaults = fields;
        }
        for (int field = fields; field < slotOfField.length; field++) {
            if (slotOfField[field] != NO_SLOT) {
                slots[slotOfField[field]].set(defaults[field]);
            }
        }
    }

    /** Whether the pages so far violated the format. */
    boolean asksSqlite() {
        return rest != null;
    }

    @Override
    public ValueSlot[] slots() {
        return slots;
    }

    @Override
    public void close() {
        if (rest != null) {
            rest.close();
        }
    }
}
