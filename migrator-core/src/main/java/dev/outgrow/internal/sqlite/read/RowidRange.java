package dev.outgrow.internal.sqlite.read;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import java.util.Optional;

/**
 * A range of rowids, both ends included. Immutable.
 *
 * @param first the smallest rowid
 * @param last the largest rowid
 */
public record RowidRange(long first, long last) {
    /** Every rowid there can be. */
    public static final RowidRange EVERY = new RowidRange(Long.MIN_VALUE, Long.MAX_VALUE);

    private static final ImmutableList<String> NAMES = ImmutableList.of("rowid", "_rowid_", "oid");

    public RowidRange {
        checkArgument(first <= last, "the range is empty");
    }

    /**
     * The name under which SQL can ask for the rowid, ready to be put into a text: the one of its three names that no
     * column has, or the column that is its alias. Empty for a WITHOUT ROWID table, and for a table that has columns of all
     * three names.
     */
    public static Optional<String> rowidName(SqliteTable table) {
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
