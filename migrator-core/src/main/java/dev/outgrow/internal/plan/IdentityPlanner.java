package dev.outgrow.internal.plan;

import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.TableBlueprint.Identity;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.Optional;

/**
 * Decides where the identity column of a table continues: above every existing id and every id that AUTOINCREMENT ever
 * gave out.
 */
final class IdentityPlanner {
    private final PlannedColumns columns;
    private final TableCensus census;
    private final Catalog catalog;
    private final boolean managed;
    private final NoticeBook notices;

    /**
     * The planner of one table.
     *
     * @param managed whether Citus manages the table: Citus refuses to restart its sequences
     */
    IdentityPlanner(PlannedColumns columns, TableCensus census, Catalog catalog, boolean managed, NoticeBook notices) {
        this.columns = columns;
        this.census = census;
        this.catalog = catalog;
        this.managed = managed;
        this.notices = notices;
    }

    Optional<Identity> plan() {
        return columns.table().rowidAlias().flatMap(this::identity);
    }

    /** Whether the column gives out numbers by itself, as the alias of a rowid does. */
    static boolean isIdentity(ColumnMapping mapping) {
        return mapping.column().rowidAlias() && greatest(mapping.mapping().type()) > 0;
    }

    /** The greatest number of a type that an identity column may have; 0 for other types. */
    private static long greatest(PgType type) {
        return switch (type.kind()) {
            case SMALLINT -> Short.MAX_VALUE;
            case INTEGER -> Integer.MAX_VALUE;
            case BIGINT -> Long.MAX_VALUE;
            default -> 0;
        };
    }

    private Optional<Identity> identity(SqliteColumn column) {
        PgType type = columns.mapping(column.name()).mapping().type();
        if (!isIdentity(columns.mapping(column.name()))) {
            String id = NoticeKind.IDENTITY.id(columns.table().name());
            notices.loss(
                    id,
                    "Column " + columns.table().name() + "." + column.name() + " becomes " + type
                            + " by rule, which cannot be an identity column: PostgreSQL gives a new row no value for it,"
                            + " as SQLite does.",
                    "Take it so, and make sure that the application gives every row its key.");
            return Optional.empty();
        }
        long greatest = Math.max(
                0, census.column(column.name()).ranges().largestInteger().orElse(0));
        if (columns.table().autoincrement()) {
            greatest =
                    Math.max(greatest, catalog.sequence(columns.table().name()).orElse(0));
        }
        String target = columns.mapping(column.name()).targetName();
        String table = Identifier.quote(columns.targetName());
        long most = greatest(type);
        boolean exhausted = greatest >= most;
        if (exhausted) {
            notices.warn(
                    NoticeKind.IDENTITY.id(columns.table().name()),
                    "Table " + columns.table().name()
                            + " holds the greatest id there is, so that PostgreSQL can give out"
                            + " no other. (SQLite would look for a random free one.)",
                    "Lower that id, or restart the identity column by hand afterwards.");
        }
        // Twice as fast as to restart it, which gives the sequence another file; and Citus refuses that.
        Statement restart = new Statement(
                "identity:" + columns.targetName(),
                "SELECT setval(pg_get_serial_sequence(" + Identifier.literal(table) + ", "
                        + Identifier.literal(target) + "), " + (exhausted ? most : greatest + 1) + ", " + exhausted
                        + ")");
        if (!exhausted && !managed) {
            restart = restart.scripted("ALTER TABLE " + table + " ALTER COLUMN " + Identifier.quote(target)
                    + " RESTART WITH " + (greatest + 1));
        }
        return Optional.of(new Identity(target, exhausted ? most : greatest + 1, exhausted, restart));
    }
}
