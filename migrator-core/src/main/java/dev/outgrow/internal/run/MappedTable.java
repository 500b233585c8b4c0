package dev.outgrow.internal.run;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.typemap.ColumnMapping;
import java.util.List;

/**
 * A table of the source and the one of the target that receives its rows.
 *
 * @param source the table in SQLite
 * @param target its name in the target schema
 * @param copied the columns that are copied
 */
public record MappedTable(SqliteTable source, String target, List<ColumnMapping> copied) {
    public MappedTable {
        copied = ImmutableList.copyOf(copied);
    }
}
