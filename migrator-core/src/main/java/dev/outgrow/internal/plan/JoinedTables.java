package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.catalog.SqliteForeignKey;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables without a place of their own that foreign keys connect with a reference table: Citus has to manage them, too. */
final class JoinedTables {
    private final Map<String, PlannedColumns> tables;
    private final Set<String> joined = new LinkedHashSet<>();

    /**
     * Finds them.
     *
     * @param tables every table that is migrated, by {@link Identifiers#key}
     * @param places where some of them lie, by the same keys
     */
    JoinedTables(Map<String, PlannedColumns> tables, Map<String, TablePlace> places) {
        this.tables = tables;
        places.forEach((key, place) -> {
            if (!place.distributed()) {
                joined.add(key);
            }
        });
        boolean more = !joined.isEmpty();
        while (more) {
            more = false;
            for (PlannedColumns table : tables.values()) {
                for (SqliteForeignKey key : table.table().foreignKeys()) {
                    more |= joins(Identifiers.key(table.table().name()), Identifiers.key(key.parentTable()), places);
                }
            }
        }
        joined.removeAll(places.keySet());
    }

    /** Whether the foreign key between two tables newly reaches one of them. */
    private boolean joins(String child, String parent, Map<String, TablePlace> places) {
        if (!tables.containsKey(parent) || joined.contains(child) == joined.contains(parent)) {
            return false;
        }
        String other = joined.contains(child) ? parent : child;
        return !places.containsKey(other) && joined.add(other);
    }

    /** Their keys. */
    Set<String> keys() {
        return joined;
    }

    /**
     * Notices about those that Citus cannot manage. It forgets the quotes of an identity column's name ("column "ab" of relation "T"
     * does not exist", seen in 13.0.5), unless the table is distributed or a reference table.
     */
    List<NoticeDraft> refused() {
        List<NoticeDraft> refused = new ArrayList<>();
        for (String key : joined) {
            PlannedColumns table = tables.get(key);
            if (table == null) {
                continue;
            }
            String name = table.table().name();
            table.table()
                    .rowidAlias()
                    .map(column -> table.mapping(column.name()).targetName())
                    .filter(column -> !Identifier.quote(column).equals(column))
                    .ifPresent(column -> refused.add(NoticeDraft.blocker(
                                    NoticeKind.DISTRIBUTION.id(name),
                                    "Foreign keys connect table " + name
                                            + " with a reference table, and Citus cannot manage it:"
                                            + " the name of its identity column " + column
                                            + " has to be written in quotes, which Citus forgets.")
                            .because("Citus cannot manage tables whose identity columns have names in quotes.")
                            .settledBy(
                                    Remedy.Kind.OPTION,
                                    "Make it a reference table, too, or distribute it; or leave these places out.")));
        }
        return refused;
    }
}
