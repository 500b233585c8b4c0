package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.sqlite.catalog.ReferentialAction;
import dev.outgrow.internal.sqlite.catalog.SqliteForeignKey;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks plan and census against what Citus demands of tables that lie on several servers. Tried on Citus 13.0.5.
 *
 * @see <a href="https://docs.citusdata.com/en/stable/develop/api_udf.html">Citus, "Utility functions"</a>
 * @see <a href="https://docs.citusdata.com/en/stable/develop/reference_ddl.html">Citus, "Creating and modifying distributed objects"</a>
 */
final class PlaceRules {
    private final Map<String, PlannedColumns> tables;
    private final Map<String, TablePlace> places;
    private final PlanInput input;
    private final List<NoticeDraft> broken = new ArrayList<>();

    /**
     * The rules.
     *
     * @param tables every table that is migrated, by {@link Identifiers#key}
     * @param places where some of them lie, by the same keys
     */
    PlaceRules(Map<String, PlannedColumns> tables, Map<String, TablePlace> places, PlanInput input) {
        this.tables = tables;
        this.places = places;
        this.input = input;
    }

    /** Adds notices about everything that breaks a rule. */
    List<NoticeDraft> broken() {
        places.values().stream().filter(TablePlace::distributed).forEach(place -> {
            column(place);
            keys(place);
            identity(place);
        });
        tables.values().forEach(table -> table.table().foreignKeys().forEach(key -> foreignKey(table.table(), key)));
        return broken;
    }

    private void say(String table, String message, String cause, Remedy.Kind kind, String todo) {
        broken.add(NoticeDraft.blocker(NoticeKind.DISTRIBUTION.id(table), message)
                .because(cause)
                .settledBy(kind, todo));
    }

    private void column(TablePlace place) {
        String column = place.column().orElseThrow().name();
        String what = "Table " + place.name() + " cannot be distributed by " + column + ": ";
        if (place.column().orElseThrow().generation().isPresent()) {
            say(
                    place.name(),
                    what + "the column is a generated one.",
                    "Tables cannot be distributed by a generated column.",
                    Remedy.Kind.OPTION,
                    "Distribute the table by a column that is stored.");
        }
        if (place.type().kind() == PgType.Kind.JSON) {
            say(
                    place.name(),
                    what + "PostgreSQL cannot compare values of type "
                            + place.type().sql() + ".",
                    "Tables cannot be distributed by a type that cannot be compared.",
                    Remedy.Kind.OPTION,
                    "Distribute the table by another column.");
        }
        long nulls = input.census(place.table().table()).column(column).nulls().count();
        if (nulls > 0) {
            broken.add(NoticeDraft.blocker(
                            NoticeKind.DISTRIBUTION.id(place.name()),
                            what + Amount.of(nulls, "row") + Amount.verb(nulls, " has", " have") + " no value in it.")
                    .because("Rows have no value in the column by which their table is distributed.")
                    .counting(
                            nulls,
                            input.census(place.table().table())
                                    .column(column)
                                    .nulls()
                                    .keys())
                    .settledBy(Remedy.Kind.FIX_SOURCE, "Give these rows a value in SQLite."));
        }
        place.beside()
                .filter(other -> !other.type().sql().equals(place.type().sql()))
                .ifPresent(other -> say(
                        place.name(),
                        what + "it is to lie beside " + other.name() + ", whose column is "
                                + other.type().sql() + " where this one is "
                                + place.type().sql() + ".",
                        "Tables that lie beside each other are distributed by columns of one type.",
                        Remedy.Kind.OPTION,
                        "Give both columns one type by a rule."));
    }

    /** Each worker can only ensure the uniqueness of its own rows. */
    private void keys(TablePlace place) {
        SqliteTable table = place.table().table();
        table.primaryKey().ifPresent(key -> unique(place, key.columns()));
        for (SqliteIndex index : table.indexes()) {
            if (index.unique() && index.origin() != SqliteIndex.MadeBy.PRIMARY_KEY) {
                unique(
                        place,
                        index.terms().stream()
                                .filter(term -> asItIs(place, term))
                                .flatMap(term -> term.column().stream())
                                .toList());
            }
        }
    }

    /** A case-insensitive index is one over {@code lower(…)}, unless the type itself ignores case. */
    private static boolean asItIs(TablePlace place, SqliteIndex.IndexTerm term) {
        return term.column()
                .map(column -> term.collation().equals("BINARY")
                        || place.table().mapping(column).mapping().type().kind() == PgType.Kind.CITEXT)
                .orElse(false);
    }

    private void unique(TablePlace place, List<String> columns) {
        if (!place.isByAnyOf(columns)) {
            String by = place.column().orElseThrow().name();
            say(
                    place.name(),
                    "Table " + place.name() + " cannot be distributed by " + by + ": its unique key ("
                            + String.join(", ", columns) + ") is without that column.",
                    "The column by which a table is distributed has to stand in every unique key.",
                    Remedy.Kind.FIX_SOURCE,
                    "Make the column a part of that key in SQLite, distribute the table by a column of the key, or make it a"
                            + " reference table.");
        }
    }

    private void identity(TablePlace place) {
        place.table().table().rowidAlias().ifPresent(column -> {
            PgType type = place.table().mapping(column.name()).mapping().type();
            if (type.kind() == PgType.Kind.INTEGER || type.kind() == PgType.Kind.SMALLINT) {
                say(
                        place.name(),
                        "Table " + place.name() + " cannot be distributed: its identity column " + column.name()
                                + " is " + type.sql() + ", and Citus has them as bigint only.",
                        "An identity column of a table that is distributed has to be bigint.",
                        Remedy.Kind.OPTION,
                        "Leave out the rule that makes it " + type.sql() + ".");
            }
        });
    }

    private void foreignKey(SqliteTable child, SqliteForeignKey key) {
        if (!tables.containsKey(Identifiers.key(key.parentTable()))
                || key.parentColumns().size() != key.columns().size()) {
            return;
        }
        Optional<TablePlace> from = Optional.ofNullable(places.get(Identifiers.key(child.name())));
        Optional<TablePlace> to = Optional.ofNullable(places.get(Identifiers.key(key.parentTable())));
        String what = "The foreign key of table " + child.name() + " (" + String.join(", ", key.columns())
                + ") to table " + key.parentTable() + " cannot be kept: ";
        boolean fromDistributed = from.map(TablePlace::distributed).orElse(false);
        boolean toDistributed = to.map(TablePlace::distributed).orElse(false);
        if (fromDistributed && toDistributed) {
            together(child, key, from.orElseThrow(), to.orElseThrow(), what);
        } else if (toDistributed) {
            say(
                    child.name(),
                    what + key.parentTable() + " is distributed, and " + child.name() + " is not.",
                    "What points to a distributed table has to be distributed with it.",
                    Remedy.Kind.OPTION,
                    "Distribute table " + child.name() + " too, or make " + key.parentTable() + " a reference table.");
        } else if (fromDistributed && to.isEmpty()) {
            say(
                    child.name(),
                    what + child.name() + " is distributed, and " + key.parentTable()
                            + " lies on the coordinator alone.",
                    "What a distributed table points to has to be distributed with it or be a reference table.",
                    Remedy.Kind.OPTION,
                    "Make it a reference table: .reference(\"" + key.parentTable() + "\").");
        }
        if (fromDistributed && from.orElseThrow().isByAnyOf(key.columns())) {
            actions(child, key, what);
        }
    }

    private void together(SqliteTable child, SqliteForeignKey key, TablePlace from, TablePlace to, String what) {
        boolean paired = false;
        for (int i = 0; i < key.columns().size(); i++) {
            paired |= from.isBy(key.columns().get(i))
                    && to.isBy(key.parentColumns().get(i));
        }
        if (!paired) {
            say(
                    child.name(),
                    what + "it does not lead from the one table's column of distribution to the other's.",
                    "A foreign key between distributed tables has to hold both columns of distribution.",
                    Remedy.Kind.FIX_SOURCE,
                    "Add these columns to the foreign key in SQLite, or make " + key.parentTable()
                            + " a reference table.");
        } else if (!from.group().equals(to.group())) {
            say(
                    child.name(),
                    what + "the tables do not lie beside each other.",
                    "A foreign key between distributed tables demands that they lie beside each other.",
                    Remedy.Kind.OPTION,
                    "Say so: .distributed(\"" + child.name() + "\", …).colocatedWith(\"" + key.parentTable() + "\").");
        }
    }

    /** Changing the distribution column would move a row to another worker. */
    private void actions(SqliteTable child, SqliteForeignKey key, String what) {
        boolean deleting =
                key.onDelete() == ReferentialAction.SET_NULL || key.onDelete() == ReferentialAction.SET_DEFAULT;
        boolean updating = key.onUpdate() == ReferentialAction.SET_NULL
                || key.onUpdate() == ReferentialAction.SET_DEFAULT
                || key.onUpdate() == ReferentialAction.CASCADE;
        if (deleting || updating) {
            say(
                    child.name(),
                    what + "its ON " + (deleting ? "DELETE" : "UPDATE") + " would change the column of distribution.",
                    "No action of a foreign key may change the column by which a table is distributed.",
                    Remedy.Kind.FIX_SOURCE,
                    "Take that action from the foreign key in SQLite.");
        }
    }
}
