package dev.outgrow.internal.plan;

import dev.outgrow.internal.plan.TableBlueprint.Identity;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.census.TableCensus;
import java.util.Optional;

/** Where the identity column of a table goes on: above every id that is there and every id that AUTOINCREMENT gave out. */
final class IdentityPlanner {
    private final PlannedColumns columns;
    private final TableCensus census;
    private final Catalog catalog;
    private final NoticeBook notices;

    IdentityPlanner(PlannedColumns columns, TableCensus census, Catalog catalog, NoticeBook notices) {
        this.columns = columns;
        this.census = census;
        this.catalog = catalog;
        this.notices = notices;
    }

    Optional<Identity> plan() {
        return columns.table().rowidAlias().map(this::identity);
    }

    private Identity identity(SqliteColumn column) {
        long greatest = Math.max(
                0, census.column(column.name()).ranges().largestInteger().orElse(0));
        if (columns.table().autoincrement()) {
            greatest =
                    Math.max(greatest, catalog.sequence(columns.table().name()).orElse(0));
        }
        String target = columns.mapping(column.name()).targetName();
        String table = Identifier.quote(columns.targetName());
        boolean exhausted = greatest == Long.MAX_VALUE;
        if (exhausted) {
            notices.warn(
                    "identity:" + columns.table().name(),
                    "Table " + columns.table().name()
                            + " holds the greatest id there is, so that PostgreSQL can give out"
                            + " no other. (SQLite would look for a random free one.)",
                    "Lower that id, or restart the identity column by hand afterwards.");
        }
        String sql = exhausted
                ? "SELECT setval(pg_get_serial_sequence(" + Identifier.literal(table) + ", "
                        + Identifier.literal(target) + "), " + Long.MAX_VALUE + ", true)"
                : "ALTER TABLE " + table + " ALTER COLUMN " + Identifier.quote(target) + " RESTART WITH "
                        + (greatest + 1);
        return new Identity(
                target,
                exhausted ? Long.MAX_VALUE : greatest + 1,
                exhausted,
                new Statement("identity:" + columns.targetName(), sql));
    }
}
