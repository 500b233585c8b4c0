package dev.outgrow.internal.plan;

import dev.outgrow.internal.plan.TableBlueprint.ForeignKeyBlueprint;
import dev.outgrow.internal.postgres.Identifier;
import java.util.List;
import java.util.stream.Stream;

/** The plan's script for psql: grouped, one statement per object, in an order that works. */
final class ScriptText {
    private final String schema;
    private final List<String> extensions;
    private final List<TableBlueprint> tables;
    private final List<Statement> placements;
    private final List<CounterSequence> sequences;
    private final List<ViewBlueprint> views;
    private final StringBuilder text = new StringBuilder();

    ScriptText(
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
        extensions.forEach(extension ->
                statement("CREATE EXTENSION IF NOT EXISTS " + extension + " SCHEMA " + Identifier.quote(schema)));
        boolean asTheServers =
                tables.stream().anyMatch(table -> table.targetName().startsWith("pg_"));
        statement("SET search_path = " + Identifier.quote(schema) + (asTheServers ? ", pg_catalog" : ""));
        group("Tables", tables.stream().map(TableBlueprint::create));
        group("Where the tables lie in the cluster", placements.stream());
        blankLine();
        text.append("-- The rows are copied here.\n");
        group("Indexes", tables.stream().flatMap(TableBlueprint::allIndexes));
        group("Keys", tables.stream().flatMap(table -> table.keys().stream()));
        group(
                "Checks",
                tables.stream().flatMap(table -> table.checks().stream()).map(TableBlueprint.CheckBlueprint::add));
        group(
                "Foreign keys",
                tables.stream().flatMap(table -> table.foreignKeys().stream()).map(ForeignKeyBlueprint::add));
        group(
                "Identity columns go on where SQLite stood",
                tables.stream().flatMap(table -> table.identity().stream()).map(TableBlueprint.Identity::restart));
        group("Sequences go on where their tables stood", sequences.stream().map(CounterSequence::create));
        group("Views", views.stream().map(ViewBlueprint::create));
        return text.toString().stripTrailing() + "\n";
    }

    private void group(String title, Stream<Statement> statements) {
        List<Statement> all =
                statements.filter(statement -> !statement.script().isEmpty()).toList();
        if (all.isEmpty()) {
            return;
        }
        blankLine();
        text.append("-- ").append(title).append("\n\n");
        all.forEach(statement -> statement(statement.script()));
    }

    /** Exactly one blank line between two groups, whatever the previous statement ends with. */
    private void blankLine() {
        text.append(text.length() > 1 && text.charAt(text.length() - 2) == '\n' ? "" : "\n");
    }

    private void statement(String sql) {
        text.append(sql).append(sql.contains("\n") ? ";\n\n" : ";\n");
    }
}
