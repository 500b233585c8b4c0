package dev.outgrow.internal.plan;

import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.option.Placement;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides where the tables lie in a cluster of Citus, and makes the statements that place them there while they are
 * empty. A plain table that foreign keys connect with a reference table is also handed to Citus then: if the foreign
 * key does that later, Citus resets the table's identity to 1 (seen in 13.0.5).
 */
final class DistributionPlanner {
    private static final String NO_CITUS = "citus";

    private final Map<String, PlannedColumns> tables;
    private final NoticeBook notices;
    private final Map<String, TablePlace> places = new LinkedHashMap<>();
    private final Set<String> managed = new LinkedHashSet<>();

    /**
     * Checks the caller's options against the demands of Citus.
     *
     * @param tables every table that is migrated, by {@link Identifiers#key}
     */
    DistributionPlanner(Map<String, PlannedColumns> tables, PlanInput input, NoticeBook notices) {
        this.tables = tables;
        this.notices = notices;
        Distribution said = input.distribution();
        if (said.placements().isEmpty()) {
            if (said.citus().orElse(false)) {
                new PlaceAdvice(tables, input).add(notices);
            }
            return;
        }
        said.placements().forEach(this::take);
        if (!said.citus().orElse(true)) {
            notices.refuse(
                    NoticeKind.DISTRIBUTION.id(NO_CITUS),
                    "Tables are to lie in a cluster, and the server is not a coordinator of Citus.",
                    "Give the URL of a database with the extension citus, or leave out .distributed(…) and .reference(…).");
        }
        new PlaceRules(tables, places, input).broken().forEach(notices::add);
        JoinedTables joined = new JoinedTables(tables, places);
        joined.refused().forEach(notices::add);
        managed.addAll(joined.keys());
    }

    private void take(Placement placement) {
        Optional<PlannedColumns> table = table(placement.table());
        if (table.isEmpty()) {
            notices.refuse(
                    NoticeKind.DISTRIBUTION.id(placement.table()),
                    "Table " + placement.table() + " is to lie in a cluster, and is not among those that are migrated.",
                    "Correct the name, or leave it out.");
            return;
        }
        Optional<SqliteColumn> column = placement.column().flatMap(name -> column(table.get(), name));
        if (placement.column().isPresent() && column.isEmpty()) {
            notices.refuse(
                    NoticeKind.DISTRIBUTION.id(placement.table()),
                    "Table " + placement.table() + " is to be distributed by "
                            + placement.column().get() + ", and has no such column.",
                    "Correct the name of the column.");
            return;
        }
        Optional<TablePlace> beside = placement
                .colocatedWith()
                .flatMap(this::table)
                .map(other -> places.get(Identifiers.key(other.table().name())))
                .filter(TablePlace::distributed);
        if (placement.colocatedWith().isPresent() && beside.isEmpty()) {
            notices.refuse(
                    NoticeKind.DISTRIBUTION.id(placement.table()),
                    "Table " + placement.table() + " is to lie beside "
                            + placement.colocatedWith().get() + ", which was not distributed before it.",
                    "Distribute that table first.");
            return;
        }
        places.put(Identifiers.key(table.get().table().name()), new TablePlace(table.get(), column, beside));
    }

    private Optional<PlannedColumns> table(String name) {
        return tables.values().stream()
                .filter(table -> Identifiers.same(table.table().name(), name)
                        || table.targetName().equals(name))
                .findFirst();
    }

    private static Optional<SqliteColumn> column(PlannedColumns table, String name) {
        return table.table().columns().stream()
                .filter(column -> !column.hidden())
                .filter(column -> Identifiers.same(column.name(), name)
                        || table.mapping(column.name()).targetName().equals(name))
                .findFirst();
    }

    /** Whether Citus manages a table. */
    boolean isManaged(PlannedColumns table) {
        String key = Identifiers.key(table.table().name());
        return places.containsKey(key) || managed.contains(key);
    }

    /**
     * Reference tables first, then the distributed ones in the order given, then those that are connected with
     * reference tables.
     */
    List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        for (TablePlace place : places.values()) {
            if (!place.distributed()) {
                statements.add(statement(place.table(), "create_reference_table(" + literal(place.table()) + ")"));
            }
        }
        for (TablePlace place : places.values()) {
            place.column()
                    .ifPresent(column -> statements.add(statement(
                            place.table(),
                            "create_distributed_table(" + literal(place.table()) + ", "
                                    + Identifier.literal(
                                            place.table().mapping(column.name()).targetName())
                                    + ", colocate_with => "
                                    + place.beside()
                                            .map(other -> literal(other.table()))
                                            .orElse("'default'") + ")")));
        }
        for (String key : managed) {
            PlannedColumns table = tables.get(key);
            if (table != null) {
                statements.add(statement(table, "citus_add_local_table_to_metadata(" + literal(table) + ")"));
            }
        }
        return statements;
    }

    private static String literal(PlannedColumns table) {
        return Identifier.literal(Identifier.quote(table.targetName()));
    }

    private static Statement statement(PlannedColumns table, String call) {
        return new Statement("place:" + table.targetName(), "SELECT " + call);
    }
}
