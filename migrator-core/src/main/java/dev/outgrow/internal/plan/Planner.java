package dev.outgrow.internal.plan;

import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.blueprint.CounterSequence;
import dev.outgrow.internal.blueprint.MadePlan;
import dev.outgrow.internal.blueprint.ScriptText;
import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.blueprint.TableBlueprint.CheckBlueprint;
import dev.outgrow.internal.blueprint.TableBlueprint.ForeignKeyBlueprint;
import dev.outgrow.internal.blueprint.TableBlueprint.Identity;
import dev.outgrow.internal.blueprint.TableDdl;
import dev.outgrow.internal.blueprint.ViewBlueprint;
import dev.outgrow.internal.notice.BookNotices;
import dev.outgrow.internal.notice.EventTriggerNotices;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.notice.WayBackNotices;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.TakenNames;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.search.MergedKey;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.PlannedTable;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.typemap.internal.rules.Remedies;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.validate.internal.catalog.TableExpectations;
import dev.outgrow.validate.internal.catalog.TableExpectations.ExpectedConstraint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Makes the plan: every decision of a run, from the catalog and the census. */
public final class Planner {
    private final PlanInput input;
    private final NoticeBook notices;
    private final TargetNames names = new TargetNames();
    private final Map<String, PlannedColumns> tables = new LinkedHashMap<>();
    private final Map<String, String> sequenceNames = new HashMap<>();

    public Planner(PlanInput input) {
        this.input = input;
        this.notices = new NoticeBook(input.accepted(), input.refused());
    }

    /** The plan. It may have blockers: the caller must check. */
    public Blueprint plan() {
        for (Notice said : input.said()) {
            notices.take(said);
        }
        Catalog catalog = input.catalog();
        List<SqliteTable> chosen = new TableChoice(catalog, input.only(), input.except()).chosen(notices);
        ColumnPlanner columnPlanner = new ColumnPlanner(input, notices);
        Map<String, String> targetNames = new TableNames(names, input.letters(), notices).name(chosen);
        for (SqliteTable table : chosen) {
            TableMapping mapping =
                    columnPlanner.map(table, targetNames.getOrDefault(table.name(), table.name()), input.census(table));
            tables.put(Identifiers.key(table.name()), PlannedColumns.of(table, mapping, input.census(table)));
        }
        List<CounterSequence> sequences = input.tables().named(names, input.letters(), notices);
        tables.values().forEach(this::takeSequence);
        new KeyAlignment(tables, input).align();
        for (MergedKey key : input.mergedKeys()) {
            merged(key);
        }
        DistributionPlanner distribution = new DistributionPlanner(tables, input, notices);
        // Names that people chose are taken before generated names, so that they stay as they are.
        List<TableBlueprint> blueprints = new ArrayList<>();
        List<PlannedTable> planned = new ArrayList<>();
        for (PlannedColumns columns : tables.values()) {
            TableBlueprint blueprint = blueprint(columns, distribution.isManaged(columns));
            blueprints.add(blueprint);
            planned.add(ShownTable.of(columns.mapping(), blueprint.rows(), blueprint.parts()));
        }
        List<Statement> placements = distribution.statements();
        List<ViewBlueprint> views =
                new ViewPlanner(names, input.letters(), notices).plan(tables.values(), catalog.views());
        input.textOrder().name(input.schema(), tables.values(), notices);
        new LeftBehind(catalog, tables, notices).name();
        WayBackNotices wayBack = new WayBackNotices(notices);
        for (PlannedColumns columns : tables.values()) {
            TableCensus census = input.census(columns.table());
            wayBack.table(columns.table(), columns.mapping(), census::column);
        }
        wayBack.virtualTables(catalog);
        EventTriggerNotices.name(input.eventTriggers(), true, notices);
        input.conventions().get().name(notices);
        List<String> extensions = columnPlanner.extensions();
        if (!extensions.isEmpty()) {
            nameTheirHome(extensions.get(0));
        }
        notices.close(input.unmatchedRules().get());
        List<String> viewNames = new ArrayList<>();
        for (ViewBlueprint view : views) {
            viewNames.add(view.translated().view().name());
        }
        String script = new ScriptText(input.schema(), extensions, blueprints, placements, sequences, views).toString();
        MadePlan plan = new MadePlan(
                input.source(),
                input.fingerprint(),
                input.schema(),
                planned,
                notices.notices(),
                notices.accepted(),
                viewNames,
                List.of(),
                script,
                MadePlan.NO_OUTLOOK);
        return new Blueprint(plan, catalog, blueprints, placements, sequences, views, extensions, names.all());
    }

    /** PostgreSQL names the sequence of an identity column by itself, and makes it before other tables could have that name. */
    private void takeSequence(PlannedColumns columns) {
        for (ColumnMapping column : columns.mapping().columns()) {
            String made = TakenNames.sequence(columns.targetName(), column.targetName());
            if (IdentityPlanner.isIdentity(column) && !names.take(made)) {
                sequenceNames.put(columns.targetName(), names.takeNearest(made));
            }
        }
    }

    private String identity(PlannedColumns columns) {
        String given = sequenceNames.get(columns.targetName());
        return "GENERATED BY DEFAULT AS IDENTITY "
                + (given == null ? "" : "(SEQUENCE NAME " + Identifier.quote(given) + ") ");
    }

    private void merged(MergedKey key) {
        PlannedColumns columns = Objects.requireNonNull(tables.get(Identifiers.key(key.table())));
        List<String> types = key.culprits().stream()
                .map(column ->
                        column + " becomes " + columns.mapping(column).mapping().type())
                .toList();
        NoticeDraft draft = NoticeDraft.blocker(
                        NoticeKind.UNIQUE.id(key.table(), key.columns()),
                        Amount.of(key.rows(), "row") + " of table " + key.table()
                                + Amount.verb(key.rows(), " has", " have") + " a unique key ("
                                + String.join(", ", key.columns())
                                + ") that SQLite tells from another one's and PostgreSQL does not: "
                                + String.join(", ", types) + ".")
                .because("Rows have unique keys that SQLite tells from others and PostgreSQL does not.")
                .counting(key.rows(), key.keys());
        notices.add(
                key.toldAsText()
                        ? draft.settledBy(new Remedy(
                                Remedy.Kind.RULE,
                                Remedies.types(key.table(), key.culprits(), "PgType.TEXT"),
                                "Take these columns as text.",
                                null))
                        : draft.settledBy(Remedy.Kind.FIX_SOURCE, "Make these rows differ in SQLite."));
    }

    /** A path without the extension's schema finds no operator of its type, and compares it as text does. */
    private void nameTheirHome(String extension) {
        Optional<String> home = input.citextSchema().filter(schema -> !schema.equals(input.schema()));
        if (home.isPresent()) {
            notices.warn(
                    NoticeKind.EXTENSION.id(extension),
                    "The extension " + extension + " is in schema " + home.get() + " of the target, not in "
                            + input.schema() + ": a session whose search path does not name " + home.get()
                            + " tells upper case from lower case in columns of " + extension
                            + ", and whoever drops that schema drops these columns.",
                    "Give the app's role a search path that names both schemas.");
        }
    }

    private TableBlueprint blueprint(PlannedColumns columns, boolean managed) {
        SqliteTable table = columns.table();
        TableCensus census = input.census(table);
        TableDdl ddl = new TableDdl(columns.targetName());
        GeneratedColumns generation = new GeneratedColumns(columns, notices);
        List<String> computed = new ArrayList<>();
        Set<String> notNull = new LinkedHashSet<>();
        DefaultPlanner defaults = new DefaultPlanner(table, notices);
        for (SqliteColumn column : table.columns()) {
            if (column.hidden()) {
                continue;
            }
            ColumnMapping mapping = columns.mapping(column.name());
            Optional<String> generated = generation.clause(column);
            if (generated.isPresent()) {
                computed.add(mapping.targetName());
            }
            // Nobody gives a value to a column that SQLite computed: NOT NULL would refuse every new row.
            boolean plain = generated.isEmpty() && column.generation().isPresent();
            boolean filled = !plain && notNull(table, column);
            String collation = input.textOrder().clause(mapping.mapping().type());
            String rest = (collation.isEmpty() ? "" : collation + " ")
                    + (generated.isPresent() ? generated.get() + " " : "")
                    + (IdentityPlanner.isIdentity(mapping) ? identity(columns) : "")
                    + defaults.clause(column, mapping)
                    // An identity column is implicitly NOT NULL.
                    + (filled && !IdentityPlanner.isIdentity(mapping) ? "NOT NULL" : "");
            if (filled) {
                notNull.add(mapping.targetName());
            }
            ddl.column(mapping.targetName(), mapping.mapping().type().sql(), rest.strip());
        }
        new RoomNotices(input.room(), notices).name(columns);
        new BookNotices(notices).name(table, columns.targetName());
        KeyPlanner keys = new KeyPlanner(columns, census, names, notices, input.room()).plan();
        List<Statement> indexes = new ArrayList<>(keys.indexStatements());
        Optional<Statement> ofText =
                VirtualTables.textIndex(input.catalog(), columns, census, names, notices, input.room());
        if (ofText.isPresent()) {
            indexes.add(ofText.get());
        }
        Set<String> taken = new HashSet<>();
        keys.constraints().forEach(made -> taken.add(made.name()));
        columns.mapping()
                .columns()
                .forEach(column -> taken.add(TakenNames.notNull(columns.targetName(), column.targetName())));
        List<ForeignKeyBlueprint> foreignKeys =
                new ForeignKeyPlanner(columns, tables, computed, input.orphans(), notices, taken).plan();
        Optional<Identity> identity = new IdentityPlanner(columns, census, input.catalog(), managed, notices).plan();
        List<CheckBlueprint> checks = new CheckPlanner(columns, input, notices, taken).plan();
        List<ExpectedConstraint> constraints = new ArrayList<>(keys.constraints());
        for (CheckBlueprint check : checks) {
            constraints.add(new ExpectedConstraint(check.name(), check.validated()));
        }
        for (ForeignKeyBlueprint key : foreignKeys) {
            constraints.add(new ExpectedConstraint(key.name(), key.validate().isPresent()));
        }
        return new TableBlueprint(
                table,
                columns.mapping(),
                census.rows(),
                census.bytes(),
                ddl.statement(),
                keys.uniqueIndexStatements(),
                indexes,
                keys.keyStatements(),
                keys.translatedIndexes(),
                checks,
                foreignKeys,
                identity,
                computed,
                keys.keyed(),
                new TableExpectations(
                        identity.isEmpty() || identity.get().exhausted()
                                ? Map.of()
                                : Map.of(identity.get().column(), identity.get().next()),
                        constraints,
                        keys.indexes(),
                        notNull,
                        defaults.clauses()));
    }

    /** Whether the column refuses NULL; if it gets some nevertheless, a notice or a misfit says so. */
    private boolean notNull(SqliteTable table, SqliteColumn column) {
        if (column.source().rowidAlias()) {
            return true;
        }
        if (!column.source().notNull()) {
            return false;
        }
        Evidence nulls = input.census(table).column(column.name()).nulls();
        if (nulls.count() == 0 || column.source().primaryKeyPosition() > 0) {
            return nulls.count() == 0;
        }
        String subject = table.name() + "." + column.name();
        notices.add(NoticeDraft.loss(
                        NoticeKind.NOT_NULL.id(subject),
                        "Column " + subject + " is declared NOT NULL, and is NULL or becomes NULL by rule in "
                                + Amount.of(nulls.count(), "row") + ".")
                .because("Columns are declared NOT NULL, and are NULL or become NULL by rule.")
                .counting(nulls.count(), nulls.keys())
                .settledBy(Remedy.Kind.FIX_SOURCE, "Give these rows a value in SQLite.")
                .acceptedTo("Take the column without NOT NULL."));
        return false;
    }
}
