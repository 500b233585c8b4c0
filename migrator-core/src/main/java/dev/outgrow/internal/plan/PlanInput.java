package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.Globs;
import dev.outgrow.internal.postgres.EventTrigger;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.search.BrokenRows;
import dev.outgrow.internal.sqlite.search.MergedKey;
import dev.outgrow.internal.sqlite.search.Orphans;
import dev.outgrow.plan.Notice;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.SourceColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Everything from which a plan is made.
 *
 * @param source the source as messages name it
 * @param fingerprint of the snapshot
 * @param schema the target schema
 * @param letters what becomes of capital letters in names
 * @param tables the tables that do not become tables; they are not in the catalog
 * @param textOrder how columns of text are ordered
 * @param catalog SQLite's schema
 * @param census by table name
 * @param orphans rows without their parent
 * @param brokenRows rows that break a constraint of their table
 * @param mergedKeys keys that differ in SQLite and would be equal in PostgreSQL
 * @param only globs of tables; empty for all
 * @param except globs of tables
 * @param accepted globs of notice ids
 * @param chooser the type rules, the standard ones included
 * @param unmatchedRules gives the rules that matched nothing, once every column has been chosen
 * @param conventions adds notices about what the caller's conventions decided, and about others that could help
 * @param eventTriggers those of the target that are enabled
 * @param citextSchema the schema in which the target has citext already
 * @param said notices about what was done to the source before
 * @param distribution where tables lie in a cluster
 * @param refused translations that the server did not take when they were tried, with the reason, by notice id
 * @param room what the server has said of rows that may be too long
 */
public record PlanInput(
        String source,
        String fingerprint,
        String schema,
        NameCase letters,
        ConventionTables tables,
        TextOrder textOrder,
        Catalog catalog,
        Map<String, TableCensus> census,
        List<Orphans> orphans,
        List<BrokenRows> brokenRows,
        List<MergedKey> mergedKeys,
        Globs only,
        Globs except,
        Globs accepted,
        BiFunction<SourceColumn, ColumnCensus, ColumnMapping> chooser,
        Supplier<List<String>> unmatchedRules,
        Supplier<ConventionNotices> conventions,
        List<EventTrigger> eventTriggers,
        Optional<String> citextSchema,
        List<Notice> said,
        Distribution distribution,
        Map<String, String> refused,
        RoomAnswers room) {

    /** The same with translations that the server refused. */
    public PlanInput refusing(Map<String, String> ids) {
        return knowing(ids, room);
    }

    /** The same with the server's answers about long rows. */
    public PlanInput answered(RoomAnswers answers) {
        return knowing(refused, answers);
    }

    private PlanInput knowing(Map<String, String> ids, RoomAnswers answers) {
        return new PlanInput(
                source,
                fingerprint,
                schema,
                letters,
                tables,
                textOrder,
                catalog,
                census,
                orphans,
                brokenRows,
                mergedKeys,
                only,
                except,
                accepted,
                chooser,
                unmatchedRules,
                conventions,
                eventTriggers,
                citextSchema,
                said,
                distribution,
                ids,
                answers);
    }

    /** The census of a table that is migrated. */
    TableCensus census(SqliteTable table) {
        TableCensus found = census.get(table.name());
        if (found == null) {
            throw new IllegalArgumentException("no census of table " + table.name());
        }
        return found;
    }

    /** The rows of a table that break a condition. */
    Optional<BrokenRows> broken(SqliteTable table, String condition) {
        return brokenRows.stream()
                .filter(rows ->
                        rows.table().equals(table.name()) && rows.condition().equals(condition))
                .findFirst();
    }
}
