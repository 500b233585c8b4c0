package dev.outgrow.internal.run;

import dev.outgrow.internal.notice.Globs;
import dev.outgrow.internal.notice.OrphanRules;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.existing.SchemaFacts;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.CreatedSchema;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.Reshaping;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.PlannedColumn;
import dev.outgrow.plan.PlannedTable;
import dev.outgrow.report.ShapePart;
import dev.outgrow.report.ShapePart.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Reads the shape of a migration, which is everything but the rows: the parts by which a run is compared with its
 * rehearsal.
 */
final class ShapeReader {
    /** What SQLite made for itself has no statement, or has a reserved name. */
    private static final String DEFINITIONS = """
            SELECT type, name, tbl_name, sql FROM main.sqlite_schema
             WHERE sql IS NOT NULL AND lower(name) NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name, type""";

    private final MigrationOptions options;
    private final List<ShapePart> parts = new ArrayList<>();

    private ShapeReader(MigrationOptions options) {
        this.options = options;
    }

    /**
     * Reads it.
     *
     * @param target a session of the target, in auto-commit mode
     * @param plan what becomes of tables and columns
     */
    static List<ShapePart> read(MigrationOptions options, Snapshot snapshot, Connection target, MigrationPlan plan) {
        ShapeReader reader = new ShapeReader(options);
        reader.source(snapshot);
        reader.target(target);
        reader.rules();
        reader.options();
        reader.mappings(plan);
        return List.copyOf(reader.parts);
    }

    private void source(Snapshot snapshot) {
        try (Connection connection = snapshot.open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(DEFINITIONS)) {
            while (row.next()) {
                if (row.getString(1).equals("view") || migrated(row.getString(3))) {
                    add(Kind.SOURCE, row.getString(1) + " " + row.getString(2) + " in SQLite", row.getString(4));
                }
            }
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "reading the snapshot");
        }
    }

    private boolean migrated(String table) {
        Globs only = options.only();
        return (only.globs().isEmpty() || only.matches(table))
                && !options.except().matches(table);
    }

    private void target(Connection connection) {
        if (!(options.schema() instanceof ExistingSchema schema)) {
            return;
        }
        try {
            SchemaFacts.read(connection, schema.name())
                    .forEach((name, definition) -> add(Kind.TARGET, name + " in PostgreSQL", definition));
        } catch (SQLException e) {
            throw ServerFailure.of(e, "reading the catalog of schema " + schema.name());
        }
    }

    private void rules() {
        int number = 0;
        for (var rule : options.typeRules().rules()) {
            number++;
            add(Kind.RULE, "type rule " + number, rule.description());
        }
        options.typeRules()
                .conventions()
                .forEach(convention -> add(Kind.RULE, "convention " + convention.name(), convention.java()));
    }

    /** The options that affect what arrives; parallelism, listeners and the place of the backup do not. */
    private void options() {
        add(Kind.OPTION, "into", options.schema().toString());
        if (options.schema() instanceof CreatedSchema schema) {
            add(Kind.OPTION, "collateC", Boolean.toString(schema.isCollateC()));
            add(Kind.OPTION, "lowerCaseNames", Boolean.toString(schema.isLowerCaseNames()));
        }
        if (options.schema() instanceof ExistingSchema schema) {
            add(Kind.OPTION, "seededRows", schema.seededRows().map(Enum::name).orElse("not said"));
            schema.seededTables().forEach((table, policy) -> add(Kind.OPTION, "seededRows of " + table, policy.name()));
            reshaping(schema.reshaping());
            add(Kind.OPTION, "bookkeeping", listed(schema.bookkeeping()));
            add(Kind.OPTION, "notBookkeeping", listed(schema.notBookkeeping()));
        }
        add(Kind.OPTION, "only", listed(options.only().globs()));
        add(Kind.OPTION, "except", listed(options.except().globs()));
        add(Kind.OPTION, "accept", listed(options.accepted().globs()));
        add(Kind.OPTION, "onMisfit", options.misfitPolicy().name());
        add(Kind.OPTION, "orphans", orphans(options.orphans()));
        add(Kind.OPTION, "validation", options.validation().name());
        add(Kind.OPTION, "checks", listed(options.checks().asMap().keySet()));
    }

    private void reshaping(Reshaping reshaping) {
        reshaping.queries().forEach(query -> add(Kind.OPTION, "query of table " + query.table(), query.sql()));
        reshaping.renames().forEach(rename -> add(Kind.OPTION, "rename of table " + rename.from(), rename.to()));
        reshaping
                .places()
                .forEach(place ->
                        add(Kind.OPTION, "place of column " + place.table() + "." + place.column(), place.into()));
        reshaping
                .fills()
                .forEach(fill ->
                        add(Kind.OPTION, "filling of column " + fill.table() + "." + fill.column(), fill.expression()));
        add(Kind.OPTION, "leaveBehind", listed(reshaping.leftBehind()));
        add(Kind.OPTION, "createMissing", listed(reshaping.missing()));
        add(Kind.OPTION, "defaultForNull", listed(reshaping.defaults()));
        reshaping
                .fired()
                .forEach(trigger -> add(Kind.OPTION, "trigger " + trigger.trigger(), "fires in " + trigger.table()));
    }

    /** In the order in which they are tried. */
    private static String orphans(OrphanRules rules) {
        return listed(rules.rules().stream()
                .map(rule -> rule.policy()
                        + (rule.foreignKeys().globs().isEmpty()
                                ? ""
                                : " for "
                                        + String.join(
                                                " and ", rule.foreignKeys().globs())))
                .toList());
    }

    private static String listed(Collection<String> values) {
        return values.isEmpty() ? "none" : String.join(", ", values);
    }

    private void mappings(MigrationPlan plan) {
        for (PlannedTable table : plan.tables()) {
            add(Kind.MAPPING, "table " + table.name(), table.targetName());
            for (PlannedColumn column : table.columns()) {
                add(
                        Kind.MAPPING,
                        "column " + table.name() + "." + column.name(),
                        column.targetName() + " " + column.type() + " (" + column.representation() + ")");
            }
        }
    }

    private void add(Kind kind, String name, String value) {
        parts.add(new ShapePart(kind, name, value));
    }
}
