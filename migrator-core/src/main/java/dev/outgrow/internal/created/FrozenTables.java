package dev.outgrow.internal.created;

import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.typemap.ColumnMapping;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The tables whose rows arrive frozen: they need no second look by whoever reads them first, which would write each
 * page once more, and foreign keys are looked up in their indexes alone. That takes one connection, and one transaction
 * that empties the table first, so it is for tables that one connection copies while the others have enough to do, and
 * that are soon copied again after an interruption.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">PostgreSQL, "COPY", FREEZE</a>
 */
final class FrozenTables {
    /** What an interruption may cost. */
    private static final long MOST_BYTES = 512L << 20;

    /** While the largest table is copied, the others make the indexes of the rest. */
    private static final double MOST_SHARES = 1.25;

    private FrozenTables() {}

    /**
     * The names in the source of the tables.
     *
     * @param copied the columns of a table that are copied
     * @param left tables for which that is not worth it, or of which an earlier attempt has copied a part
     * @param lanes how many connections copy
     */
    static Set<String> of(
            Blueprint blueprint,
            Map<String, TableCensus> census,
            Function<TableBlueprint, List<ColumnMapping>> copied,
            Predicate<TableBlueprint> left,
            int lanes) {
        if (!blueprint.placements().isEmpty()) {
            // The tables of a cluster lie on several servers, each with a transaction of its own.
            return Set.of();
        }
        long all = 0;
        for (TableBlueprint table : blueprint.tables()) {
            all += table.bytes();
        }
        double most = Math.min(MOST_BYTES, MOST_SHARES * all / lanes);
        Set<String> frozen = new HashSet<>();
        for (TableBlueprint table : blueprint.tables()) {
            if ((table.bytes() <= most || isOnePart(table, census))
                    && TableCopier.isDirect(copied.apply(table))
                    && !left.test(table)) {
                frozen.add(table.source().name());
            }
        }
        return frozen;
    }

    private static boolean isOnePart(TableBlueprint table, Map<String, TableCensus> census) {
        TableCensus counted = census.get(table.source().name());
        return counted != null && counted.parts().size() == 1;
    }
}
