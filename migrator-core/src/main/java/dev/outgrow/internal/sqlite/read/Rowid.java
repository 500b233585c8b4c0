package dev.outgrow.internal.sqlite.read;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
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
        Optional<String> alias = table.rowidAlias().map(column -> SqliteName.quote(column.name()));
        return alias.isPresent()
                ? alias
                : NAMES.stream()
                        .filter(name ->
                                table.columns().stream().noneMatch(column -> Identifiers.same(column.name(), name)))
                        .findFirst();
    }
}
