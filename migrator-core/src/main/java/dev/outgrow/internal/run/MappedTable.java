package dev.outgrow.internal.run;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.copy.Making;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.typemap.ColumnMapping;
import java.util.List;

/**
 * A table of the source and the one of the target that receives its rows.
 *
 * @param source the table in SQLite
 * @param target its name in the target schema
 * @param copied the columns that are copied
 * @param making what PostgreSQL makes of the rows
 */
public record MappedTable(SqliteTable source, String target, List<ColumnMapping> copied, Making making) {
    public MappedTable {
        copied = ImmutableList.copyOf(copied);
    }

    /** The columns that are read: those that are copied, and those that only an expression reads. */
    public List<ColumnMapping> read() {
        return ImmutableList.<ColumnMapping>builder()
                .addAll(copied)
                .addAll(making.extras())
                .build();
    }
}
