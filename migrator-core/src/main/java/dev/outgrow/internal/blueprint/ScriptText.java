package dev.outgrow.internal.blueprint;

import dev.outgrow.internal.blueprint.TableBlueprint.ForeignKeyBlueprint;
import dev.outgrow.internal.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;

/** The plan's script for psql: grouped, one statement per object, in an order that works. */
public final class ScriptText {
    private final String schema;
    private final List<String> extensions;
    private final List<TableBlueprint> tables;
    private final List<Statement> placements;
    private final List<CounterSequence> sequences;
    private final List<ViewBlueprint> views;
    private final StringBuilder text = new StringBuilder();

    public ScriptText(
            String schema,
            List<String> extensions,
            List<TableBlueprint> tables,
            List<Statement> placements,
            List<CounterSequence> sequences,
            List<ViewBlueprint> views) {
        this.schema = schema;
        this.extensions = extensions;
        this.tables = tables;
        this.placements = placements;
        this.sequences = sequences;
        this.views = views;
    }

    @Override
    public String toString() {
        text.setLength(0);
        statement("CREATE SCHEMA IF NOT EXISTS " + Identifier.quote(schema));
        for (String extension : extensions) {
            statement("CREATE EXTENSION IF NOT EXISTS " + extension + " SCHEMA " + Identifier.quote(schema));
        }
        Grouped grouped = new Grouped();
        boolean asTheServers = false;
        for (TableBlueprint table : tables) {
            asTheServers |= table.targetName().startsWith("pg_");
            grouped.add(table);
        }
        statement("SET search_path = " + Identifier.quote(schema) + (asTheServers ? ", pg_catalog" : ""));
        group("Tables", grouped.tables);
        group("Where the tables lie in the cluster", placements);
        blankLine();
        text.append("-- The rows are copied here.\n");
        group("Indexes", grouped.indexes);
        group("Keys", grouped.keys);
        group("Checks", grouped.checks);
        group("Foreign keys", grouped.foreignKeys);
        group("Identity columns go on where SQLite stood", grouped.identities);
        List<Statement> counters = new ArrayList<>();
        for (CounterSequence sequence : sequences) {
            counters.add(sequence.create());
        }
        group("Sequences go on where their tables stood", counters);
        List<Statement> queries = new ArrayList<>();
        for (ViewBlueprint view : views) {
            queries.add(view.create());
        }
        group("Views", queries);
        return text.toString().stripTrailing() + "\n";
    }

    /** The statements of all tables by what they make. */
    private static final class Grouped {
        private final List<Statement> tables = new ArrayList<>();
        private final List<Statement> indexes = new ArrayList<>();
        private final List<Statement> keys = new ArrayList<>();
        private final List<Statement> checks = new ArrayList<>();
        private final List<Statement> foreignKeys = new ArrayList<>();
        private final List<Statement> identities = new ArrayList<>();

        private void add(TableBlueprint table) {
            tables.add(table.create());
            indexes.addAll(table.uniqueIndexes());
            indexes.addAll(table.indexes());
            keys.addAll(table.keys());
            for (TableBlueprint.CheckBlueprint check : table.checks()) {
                checks.add(check.add());
            }
            for (ForeignKeyBlueprint key : table.foreignKeys()) {
                foreignKeys.add(key.add());
            }
            if (table.identity().isPresent()) {
                identities.add(table.identity().get().restart());
            }
        }
    }

    private void group(String title, List<Statement> statements) {
        List<String> all = new ArrayList<>();
        for (Statement statement : statements) {
            if (!statement.script().isEmpty()) {
                all.add(statement.script());
            }
        }
        if (all.isEmpty()) {
            return;
        }
        blankLine();
        text.append("-- ").append(title).append("\n\n");
        for (String sql : all) {
            statement(sql);
        }
    }

    /** Exactly one blank line between two groups, whatever the previous statement ends with. */
    private void blankLine() {
        text.append(text.length() > 1 && text.charAt(text.length() - 2) == '\n' ? "" : "\n");
    }

    private void statement(String sql) {
        text.append(sql).append(sql.contains("\n") ? ";\n\n" : ";\n");
    }
}
