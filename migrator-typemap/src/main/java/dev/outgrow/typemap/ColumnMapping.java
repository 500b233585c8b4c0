package dev.outgrow.typemap;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * What one column becomes, and why. Made by the library; use the accessors.
 *
 * @param column the column in SQLite
 * @param targetName its name in PostgreSQL, unquoted
 * @param mapping type and representation
 * @param years the years that its numbers become times of, such as {@code 2019 to 2024}; empty if they become none
 * @param reason why this one, in a line a person understands
 * @param misfits the values that do not fit; empty if all do
 * @param remarks what the owner should know
 */
public record ColumnMapping(
        SourceColumn column,
        String targetName,
        TypeMapping mapping,
        String years,
        String reason,
        List<Misfit> misfits,
        List<Remark> remarks) {
    public ColumnMapping {
        misfits = ImmutableList.copyOf(misfits);
        remarks = ImmutableList.copyOf(remarks);
    }

    /** The same under another name in PostgreSQL. */
    public ColumnMapping named(String otherTargetName) {
        return new ColumnMapping(column, otherTargetName, mapping, years, reason, misfits, remarks);
    }
}
