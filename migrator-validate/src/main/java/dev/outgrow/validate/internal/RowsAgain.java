package dev.outgrow.validate.internal;

import com.google.common.collect.ImmutableList;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.validate.NotCompared;
import dev.outgrow.validate.SchemaFinding;
import dev.outgrow.validate.TableComparison;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import dev.outgrow.validate.internal.catalog.SchemaProof;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares single rows of a table value by value, with the streams and the proofs of the comparison: those that were written
 * after all others had been compared. Not safe for concurrent use.
 */
public final class RowsAgain implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 500;

    private final Lanes lanes;
    private final boolean utf8;
    private final List<SchemaFinding> wrong = new ArrayList<>();
    private final List<NotCompared> unread = new ArrayList<>();

    private RowsAgain(Lanes lanes, boolean utf8) {
        this.lanes = lanes;
        this.utf8 = utf8;
    }

    /** Opens a connection to each database. */
    public static RowsAgain open(DatabaseAccess sqlite, DatabaseAccess postgres) throws SQLException {
        Lanes lanes = Lanes.open(sqlite, postgres, 1);
        try {
            return new RowsAgain(lanes, SourceRows.transcoding(lanes.first().sqlite()) == null);
        } catch (SQLException | RuntimeException e) {
            lanes.close();
            throw e;
        }
    }

    /** The columns that cannot be compared, and why, of the tables that were {@linkplain Table#finish finished}. */
    public List<NotCompared> unread() {
        return ImmutableList.copyOf(unread);
    }

    /**
     * The rows of a table.
     *
     * @param rowid how SQLite's SQL names the rowid of the table
     * @return empty if its rows cannot be told by a key that both databases order alike
     */
    public Optional<Table> of(ComparedTable table, String rowid) throws SQLException {
        Connection postgres = lanes.first().postgres();
        TargetColumns actual =
                TargetColumns.of(postgres, table.targetSchema(), table.mapping().targetName());
        if (actual.isHidden() || !actual.isPresent()) {
            return Optional.empty();
        }
        List<NotCompared> here = new ArrayList<>();
        TableReading plan = TableReading.of(table, actual, utf8, new SchemaProof.Findings() {
            @Override
            public void wrong(String id, String message) {
                wrong.add(new SchemaFinding(id, message));
            }

            @Override
            public void notCompared(String subject, String reason) {
                here.add(new NotCompared(subject, reason));
            }
        });
        if (!plan.isOrdered() || !wrong.isEmpty()) {
            wrong.clear();
            return Optional.empty();
        }
        return Optional.of(new Table(plan, rowid, here));
    }

    @Override
    public void close() throws SQLException {
        lanes.close();
    }

    /** The rows of one table, in the order of their key. */
    public final class Table {
        private final TableReading plan;
        private final String rowid;
        private final List<NotCompared> here;
        private final TableFindings tally;
        private final List<Long> rowids = new ArrayList<>();
        private final List<ValueSlot[]> keys = new ArrayList<>();
        private long added;

        private Table(TableReading plan, String rowid, List<NotCompared> here) {
            this.plan = plan;
            this.rowid = rowid;
            this.here = here;
            this.tally = new TableFindings(plan, ValidatorOptions.defaults());
        }

        /** The names of the columns that are compared. */
        public List<String> columns() {
            return plan.columns().stream().map(column -> column.column().name()).toList();
        }

        /**
         * A row that both must have.
         *
         * @param place its rowid in SQLite
         * @param key the values of the key by which PostgreSQL has it, in SQLite's terms; kept as they are
         * @throws UnorderedKeyException if SQLite's keys are not as the table's columns say
         */
        public void add(long place, ValueSlot[] key) throws SQLException, InterruptedException, UnorderedKeyException {
            rowids.add(place);
            keys.add(key);
            added++;
            if (rowids.size() == ROWS_AT_ONCE) {
                compare();
            }
        }

        private void compare() throws SQLException, InterruptedException, UnorderedKeyException {
            if (rowids.isEmpty()) {
                return;
            }
            KeyList list = new KeyList(plan);
            new RangeComparison(
                            plan,
                            plan.sourceQuery() + list.rowids(rowid, rowids) + plan.sourceOrder(),
                            plan.targetQuery() + list.keys(keys) + plan.targetOrder(),
                            false,
                            tally,
                            (table, rows, bytes) -> {})
                    .run(lanes.first());
            rowids.clear();
            keys.clear();
        }

        /** A row that is wrong whatever its values are. */
        public void wrong(String where) {
            tally.differ(where, 1);
        }

        /**
         * What was found in the whole table.
         *
         * @param equal the rows that were compared before, and have not been written to since
         * @param sourceRows how many rows SQLite has
         * @param targetRows how many rows PostgreSQL has
         */
        public TableComparison finish(EqualRows equal, long sourceRows, long targetRows)
                throws SQLException, InterruptedException, UnorderedKeyException {
            compare();
            unread.addAll(here);
            TableComparison again = tally.result();
            if (sourceRows != targetRows
                    || again.sourceRows() != added
                    || again.targetRows() != added
                    || equal.rows() + added != targetRows) {
                tally.differ(
                        "number of rows",
                        Math.max(1, Math.abs(targetRows - Math.min(sourceRows, equal.rows() + again.sourceRows()))));
            }
            tally.read(equal.rows(), equal.rows(), equal.rows() * plan.columns().size());
            tally.normalised(
                    equal.normalised().stream().mapToLong(Long::longValue).toArray());
            tally.worked(equal.nanos());
            return tally.result();
        }
    }
}
