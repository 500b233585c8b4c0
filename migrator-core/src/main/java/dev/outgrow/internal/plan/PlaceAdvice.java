package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.sqlite.catalog.SqliteForeignKey;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Proposes what could be spread over the workers of a cluster, if the caller has not said anything about it. */
final class PlaceAdvice {
    private final Map<String, PlannedColumns> tables;
    private final PlanInput input;

    /**
     * The advice for some tables.
     *
     * @param tables every table that is migrated, by {@link Identifiers#key}
     */
    PlaceAdvice(Map<String, PlannedColumns> tables, PlanInput input) {
        this.tables = tables;
        this.input = input;
    }

    /**
     * Adds one notice: the column by which most tables could be distributed, and which tables would then be reference
     * tables.
     */
    void add(NoticeBook notices) {
        Map<String, TablePlace> best = Map.of();
        for (String column : columnNames()) {
            Map<String, TablePlace> places = by(column);
            if (distributed(places) > Math.max(1, distributed(best))
                    && new PlaceRules(tables, places, input).broken().isEmpty()
                    && new JoinedTables(tables, places).refused().isEmpty()) {
                best = places;
            }
        }
        String id = NoticeKind.DISTRIBUTION.id(input.schema());
        String where = "The server is a coordinator of Citus, and all tables are made on it alone. ";
        if (best.isEmpty()) {
            notices.inform(
                    id,
                    where
                            + "No column stands in the unique keys of several tables and in the foreign keys between them, so that"
                            + " none could be distributed as they are.");
            return;
        }
        StringBuilder line = new StringBuilder(".into(TargetSchema.created(")
                .append(JavaText.literal(input.schema()))
                .append(")");
        List<String> said = new ArrayList<>();
        best.values().forEach(place -> {
            String name = JavaText.literal(place.name());
            if (place.column().isPresent()) {
                String column = place.column().get().name();
                said.add(place.name() + " by " + column);
                line.append(".distributed(")
                        .append(name)
                        .append(", ")
                        .append(JavaText.literal(column))
                        .append(")");
            } else {
                said.add(place.name() + " as a reference table");
                line.append(".reference(").append(name).append(")");
            }
        });
        notices.add(NoticeDraft.info(
                        id, where + "They could be spread over its workers: " + String.join(", ", said) + ".")
                .settledBy(new Remedy(
                        Remedy.Kind.OPTION, line.append(")").toString(), "Spread them over the workers.", null)));
    }

    /** The column names that several tables share, each once. */
    private Set<String> columnNames() {
        Set<String> names = new LinkedHashSet<>();
        tables.values()
                .forEach(table -> table.table().columns().forEach(column -> names.add(Identifiers.key(column.name()))));
        return names;
    }

    private static long distributed(Map<String, TablePlace> places) {
        return places.values().stream().filter(TablePlace::distributed).count();
    }

    /**
     * The tables that have the column in every key, the tables that the column points to, and the other tables that
     * these point to.
     */
    private Map<String, TablePlace> by(String column) {
        Map<String, TablePlace> places = new LinkedHashMap<>();
        tables.forEach((key, table) -> table.table()
                .column(column)
                .filter(found -> inEveryKey(table.table(), found.name()))
                .ifPresent(found -> places.put(key, new TablePlace(table, Optional.of(found), Optional.empty()))));
        for (TablePlace place : List.copyOf(places.values())) {
            for (SqliteForeignKey key : place.table().table().foreignKeys()) {
                PlannedColumns parent = tables.get(Identifiers.key(key.parentTable()));
                if (parent == null || places.containsKey(Identifiers.key(key.parentTable()))) {
                    continue;
                }
                boolean byItself = key.columns().size() == 1
                        && Identifiers.same(key.columns().get(0), column);
                places.put(
                        Identifiers.key(key.parentTable()),
                        new TablePlace(
                                parent,
                                byItself
                                        ? parent.table()
                                                .column(key.parentColumns().get(0))
                                        : Optional.empty(),
                                Optional.empty()));
            }
        }
        return places;
    }

    private static boolean inEveryKey(SqliteTable table, String column) {
        boolean primary = table.primaryKey()
                .map(SqlitePrimaryKey::columns)
                .map(columns -> columns.stream().anyMatch(name -> Identifiers.same(name, column)))
                .orElse(true);
        return primary
                && table.indexes().stream()
                        .filter(SqliteIndex::unique)
                        .allMatch(index -> index.terms().stream()
                                .anyMatch(term -> term.column()
                                        .map(name -> Identifiers.same(name, column))
                                        .orElse(false)));
    }
}
