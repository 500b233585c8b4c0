package dev.outgrow.validate.internal.change;

import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.internal.form.ColumnForm;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.validate.internal.EqualRows;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Receives the changes of one table in the target. Several threads may call it at once. Slots and sets must be read at once. */
public interface RowChanges {
    /**
     * The search begins, or begins again; then nothing reported so far counts.
     *
     * @param columns the columns whose values are given, in this order
     */
    void begin(List<ColumnMapping> columns) throws SQLException;

    /**
     * The target has a row that the source lacks.
     *
     * @param now its values in SQLite's terms
     */
    void inserted(ValueSlot[] now) throws SQLException;

    /**
     * Both have the row, with other values.
     *
     * @param place where the source has it
     * @param now the target's values in SQLite's terms
     * @param columns those that differ
     */
    void changed(ValueSlot[] place, ValueSlot[] now, BitSet columns) throws SQLException;

    /**
     * The source has a row that the target lacks.
     *
     * @param place where the source has it
     */
    void deleted(ValueSlot[] place) throws SQLException;

    /**
     * One part was read to its end.
     *
     * @param sourceRows how many rows the source has of it
     * @param forms what was learned of each column that is written in more forms than one
     * @param equal the rows that both have; empty if rows were only matched by digests
     */
    void read(long sourceRows, List<Optional<ColumnForm>> forms, Optional<EqualRows> equal) throws SQLException;
}
