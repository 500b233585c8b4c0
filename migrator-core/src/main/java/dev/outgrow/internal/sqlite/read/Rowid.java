package dev.outgrow.internal.sqlite.read;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import java.util.Optional;

/** The rowid: how SQL can ask for it. */
public final class Rowid {
    private static final ImmutableList<String> NAMES = ImmutableList.of("rowid", "_rowid_", "oid");

    private Rowid() {}

    /**
     * The name under which SQL can ask for the rowid, ready to be put into a text: the one of its three names that no
     * column has, or the column that is its alias. Empty for a WITHOUT ROWID table, and for a table that has columns of all
     * three names.
     */
    public static Optional<String> nameIn(SqliteTable table) {
        if (table.withoutRowid()) {
            return Optional.empty();
        }
        if (table.rowidAlias().isPresent()) {
            return Optional.of(SqliteName.quote(table.rowidAlias().get().name()));
        }
        for (String name : NAMES) {
            if (table.column(name).isEmpty()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
