package dev.outgrow.internal.plan;

import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.TableBlueprint.ForeignKeyBlueprint;
import dev.outgrow.internal.limits.Limits;
import dev.outgrow.internal.notice.ColumnRemedies;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.notice.OrphanNotices;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.catalog.ReferentialAction;
import dev.outgrow.internal.sqlite.catalog.SqliteForeignKey;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.search.Orphans;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.RuleCall;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The foreign keys of one table, as statements that come once all tables have their keys. */
final class ForeignKeyPlanner {
    private static final int INTEGERS = 1;

    private final PlannedColumns child;
    private final Map<String, PlannedColumns> tables;
    private final List<Orphans> orphans;
    private final NoticeBook notices;
    private final Collection<String> computed;
    private final Set<String> names;

    /**
     * The planner of one table.
     *
     * @param child the table
     * @param tables every table that is migrated, by {@link Identifiers#key}
     * @param computed the columns of this one that PostgreSQL computes, by their names there
     * @param orphans of any table
     * @param names of constraints that the table has already; those that are given here are added
     */
    ForeignKeyPlanner(
            PlannedColumns child,
            Map<String, PlannedColumns> tables,
            Collection<String> computed,
            List<Orphans> orphans,
            NoticeBook notices,
            Set<String> names) {
        this.child = child;
        this.tables = tables;
        this.computed = computed;
        this.orphans = orphans;
        this.notices = notices;
        this.names = names;
    }

    List<ForeignKeyBlueprint> plan() {
        List<ForeignKeyBlueprint> plans = new ArrayList<>();
        for (SqliteForeignKey key : child.table().foreignKeys()) {
            Optional<String> obstacle = obstacle(key);
            if (obstacle.isPresent()) {
                NoticeDraft draft = NoticeDraft.loss(
                                NoticeKind.FOREIGN_KEY.id(subject(key)),
                                "The foreign key of table " + child.table().name() + " ("
                                        + String.join(", ", key.columns()) + ") to table " + key.parentTable()
                                        + " cannot be kept: " + obstacle.get() + ".")
                        .because("Foreign keys that cannot be kept: " + obstacle.get() + ".");
                asParent(key).forEach(draft::settledBy);
                notices.add(draft.settledBy(Remedy.Kind.FIX_SOURCE, repair(key)).acceptedTo("Go on without it."));
            } else {
                plans.add(blueprint(key, Objects.requireNonNull(tables.get(Identifiers.key(key.parentTable())))));
            }
        }
        return plans;
    }

    private String repair(SqliteForeignKey key) {
        return tables.containsKey(Identifiers.key(key.parentTable()))
                ? "Fix it in SQLite first."
                : "Take that table along, or make one in SQLite first.";
    }

    /** Rules for the columns that are of another type than those that they point to. */
    private List<Remedy> asParent(SqliteForeignKey key) {
        PlannedColumns parent = tables.get(Identifiers.key(key.parentTable()));
        List<Remedy> rules = new ArrayList<>();
        for (int i = 0;
                parent != null
                        && i < key.columns().size()
                        && i < key.parentColumns().size();
                i++) {
            String column = key.columns().get(i);
            String parentColumn = key.parentColumns().get(i);
            if (parent.table().column(parentColumn).isPresent()) {
                PgType type = parent.mapping(parentColumn).mapping().type();
                if (!comparable(child.mapping(column).mapping().type(), type)) {
                    comparableTo(type)
                            .map(kind -> ColumnRemedies.rule(
                                    child.table().name(),
                                    column,
                                    ".as(PgType." + kind.name() + ")",
                                    "Give it the type of the column that it points to."))
                            .ifPresent(rules::add);
                }
            }
        }
        return rules;
    }

    /** The kind that a rule can give a column that is to point to such a key; empty if it takes more than a name. */
    private static Optional<PgType.Kind> comparableTo(PgType type) {
        return switch (type.kind()) {
            case CHAR, ENUM, ARRAY -> Optional.empty();
            case VARCHAR -> Optional.of(PgType.Kind.TEXT);
            default -> Optional.of(type.kind());
        };
    }

    private String subject(SqliteForeignKey key) {
        return key.constraintName().orElse(child.table().name() + "." + String.join(",", key.columns()));
    }

    private Optional<String> obstacle(SqliteForeignKey key) {
        PlannedColumns parent = tables.get(Identifiers.key(key.parentTable()));
        if (parent == null) {
            return Optional.of("there is no such table, or it is left out");
        }
        if (key.parentColumns().size() != key.columns().size()) {
            return Optional.of("it has " + Amount.of(key.columns().size(), "column")
                    + ", and the key of the parent has " + key.parentColumns().size());
        }
        if (key.columns().size() > Limits.KEY_COLUMNS) {
            return Optional.of(
                    "it has " + key.columns().size() + " columns, and PostgreSQL takes at most " + Limits.KEY_COLUMNS);
        }
        for (String column : key.parentColumns()) {
            if (parent.table().column(column).isEmpty()) {
                return Optional.of("the parent has no column " + column);
            }
        }
        if (!unique(parent, key.parentColumns())) {
            return Optional.of("the parent's columns are neither its primary key nor unique, which PostgreSQL demands");
        }
        for (int i = 0; i < key.columns().size(); i++) {
            PgType type = child.mapping(key.columns().get(i)).mapping().type();
            PgType parentType =
                    parent.mapping(key.parentColumns().get(i)).mapping().type();
            if (!comparable(type, parentType)) {
                return Optional.of("column " + key.columns().get(i) + " becomes " + type + " and the parent's becomes "
                        + parentType);
            }
        }
        return Optional.empty();
    }

    /** Whether there will be a key on these columns, and not on the text or the lower case of them. */
    private static boolean unique(PlannedColumns parent, List<String> columns) {
        Set<String> wanted = keys(columns);
        Optional<SqlitePrimaryKey> primary = parent.table().primaryKey();
        if (primary.isPresent()
                && keys(primary.get().columns()).equals(wanted)
                && PrimaryKeyIndex.tooCoarse(parent).isEmpty()) {
            return true;
        }
        for (SqliteIndex index : parent.table().indexes()) {
            if (index.unique()
                    && index.origin() != SqliteIndex.MadeBy.PRIMARY_KEY
                    && index.predicate().isEmpty()
                    && isOver(index, wanted)
                    && PrimaryKeyIndex.comparesAlike(parent, index)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOver(SqliteIndex index, Set<String> columns) {
        List<String> names = new ArrayList<>();
        for (SqliteIndex.IndexTerm term : index.terms()) {
            if (term.column().isEmpty()) {
                return false;
            }
            names.add(term.column().get());
        }
        return keys(names).equals(columns);
    }

    private static Set<String> keys(List<String> names) {
        Set<String> keys = new HashSet<>();
        for (String name : names) {
            keys.add(Identifiers.key(name));
        }
        return keys;
    }

    /** Whether a foreign key of this type may point to a key of that type without a lossy cast. */
    static boolean comparable(PgType type, PgType parent) {
        return type.kind() == parent.kind()
                || (family(type) == family(parent) && family(type) != 0)
                || (family(type) == INTEGERS && parent.kind() == PgType.Kind.NUMERIC);
    }

    private static int family(PgType type) {
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT -> INTEGERS;
            case TEXT, VARCHAR -> 2;
            case REAL, DOUBLE_PRECISION -> 3;
            default -> 0;
        };
    }

    private ForeignKeyBlueprint blueprint(SqliteForeignKey key, PlannedColumns parent) {
        List<String> columns = targets(child, key.columns());
        String wanted = key.constraintName().isPresent()
                ? key.constraintName().get()
                : cut(child.targetName() + "_" + String.join("_", columns)) + "_fkey";
        String name = TargetNames.nearest(wanted, names);
        names.add(name);
        if (key.constraintName().isPresent()) {
            notices.renamed("The foreign key", child.table().name(), wanted, name);
        }
        String constraint = Identifier.quote(name);
        String table = Identifier.quote(child.targetName());
        String whole = "ALTER TABLE " + table + "\n    ADD CONSTRAINT " + constraint + " FOREIGN KEY ("
                + Identifier.list(columns) + ") REFERENCES " + Identifier.quote(parent.targetName()) + " ("
                + Identifier.list(targets(parent, key.parentColumns())) + ")" + actions(key, columns);
        boolean orphaned = orphaned(key);
        Statement add = new Statement("foreignkey:" + child.targetName() + "." + name, whole + " NOT VALID");
        String step = child.targetName() + "." + name;
        Statement validate =
                new Statement("validate:" + step, "ALTER TABLE " + table + " VALIDATE CONSTRAINT " + constraint);
        return new ForeignKeyBlueprint(
                name,
                parent.table().name(),
                orphaned ? add : add.scripted(whole),
                orphaned ? Optional.empty() : Optional.of(validate),
                isInteger(key, parent));
    }

    private static List<String> targets(PlannedColumns table, List<String> columns) {
        List<String> targets = new ArrayList<>();
        for (String column : columns) {
            targets.add(table.mapping(column).targetName());
        }
        return targets;
    }

    private boolean isInteger(SqliteForeignKey key, PlannedColumns parent) {
        return key.columns().size() == 1
                && family(child.mapping(key.columns().get(0)).mapping().type()) == INTEGERS
                && family(parent.mapping(key.parentColumns().get(0)).mapping().type()) == INTEGERS;
    }

    private static String cut(String stem) {
        return Identifier.cut(stem, Identifier.MAX_BYTES - "_fkey".length());
    }

    private boolean orphaned(SqliteForeignKey key) {
        @Nullable Orphans found = null;
        for (Orphans candidate : orphans) {
            if (candidate.table().equals(child.table().name()) && candidate.foreignKey() == key.id()) {
                found = candidate;
                break;
            }
        }
        if (found == null) {
            return false;
        }
        String id = NoticeKind.ORPHANS.id(subject(key));
        if (notices.refuses(id)) {
            return true;
        }
        long rows = found.rows();
        NoticeDraft draft = NoticeDraft.loss(
                        id,
                        Amount.of(rows, "row") + " of table " + child.table().name()
                                + Amount.verb(rows, " points by (", " point by (") + String.join(", ", key.columns())
                                + ") to rows of table " + key.parentTable() + " that are not there.")
                .because("Rows point by a foreign key to rows that are not there.")
                .counting(rows, found.keys());
        if (notices.has(id)) {
            OrphanNotices.settleLeft(draft);
        } else {
            draft.settledBy(Remedy.Kind.FIX_SOURCE, "Correct or delete these rows in SQLite.");
            OrphanNotices.settle(draft, !child.table().nullable(key.columns()).isEmpty(), found.blank(), subject(key));
        }
        draft.acceptedTo("Copy them as they are; the constraint stays NOT VALID.");
        if (found.blank()) {
            draft.settledBy(
                    ColumnRemedies.rule(child.table().name(), key.columns().get(0), RuleCall.BLANK_AS_NULL));
        }
        notices.add(draft);
        return true;
    }

    /**
     * SQLite refuses an action that would write to a generated column once it is to act, and keeps the rows: that is what no action
     * does. PostgreSQL does not take such a foreign key at all.
     */
    private String actions(SqliteForeignKey key, List<String> columns) {
        boolean fixed = !Collections.disjoint(columns, computed);
        String text = (fixed ? "" : action(" ON UPDATE ", key.onUpdate()))
                + (fixed && writes(key.onDelete()) ? "" : action(" ON DELETE ", key.onDelete()));
        if (key.deferrable()) {
            text += key.initiallyDeferred() ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
        }
        return text;
    }

    private static boolean writes(ReferentialAction onDelete) {
        return onDelete == ReferentialAction.SET_NULL || onDelete == ReferentialAction.SET_DEFAULT;
    }

    private static String action(String clause, ReferentialAction action) {
        return switch (action) {
            case NO_ACTION -> "";
            case RESTRICT -> clause + "RESTRICT";
            case SET_NULL -> clause + "SET NULL";
            case SET_DEFAULT -> clause + "SET DEFAULT";
            case CASCADE -> clause + "CASCADE";
        };
    }
}
