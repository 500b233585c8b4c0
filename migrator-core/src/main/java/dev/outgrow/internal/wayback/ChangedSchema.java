package dev.outgrow.internal.wayback;

import com.google.common.collect.ImmutableMap;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.run.BackPlan;
import dev.outgrow.option.CreatedSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the application's own migrations have changed in PostgreSQL's schema since the switch. The file has the schema
 * of the backup, so anything new has no place in it.
 */
final class ChangedSchema {
    private final Connection postgres;
    private final TargetSchema schema;
    private final Map<String, Map<String, String>> now;
    private final Map<String, Map<String, String>> then;
    private final boolean tablesKnown;

    /**
     * A schema.
     *
     * @param recorded what it was at the switch; null if it was not recorded; then the plan is used as far as possible
     */
    ChangedSchema(
            Connection postgres,
            TargetSchema schema,
            @Nullable Map<String, Map<String, String>> recorded,
            List<BackPlan.Table> tables)
            throws SQLException {
        this.postgres = postgres;
        this.schema = schema;
        this.now = TargetShape.of(postgres, schema.name());
        this.tablesKnown = recorded != null;
        this.then = recorded != null ? recorded : planned(tables);
    }

    /** Tables that we made had nothing that is not in the plan. */
    private Map<String, Map<String, String>> planned(List<BackPlan.Table> tables) {
        Map<String, Map<String, String>> planned = new LinkedHashMap<>();
        if (schema instanceof CreatedSchema) {
            for (BackPlan.Table table : tables) {
                String name = table.compared().mapping().targetName();
                Map<String, String> types = now.getOrDefault(name, Map.of());
                Map<String, String> columns = new LinkedHashMap<>();
                for (ColumnMapping column : table.compared().mapping().columns()) {
                    columns.put(column.targetName(), types.getOrDefault(column.targetName(), ""));
                }
                planned.put(name, columns);
            }
        }
        return ImmutableMap.copyOf(planned);
    }

    /** Adds notices about what has no place in the file. */
    void name(List<BackPlan.Table> tables, Obstacles obstacles) throws SQLException {
        for (Map.Entry<String, Map<String, String>> table : now.entrySet()) {
            Map<String, String> before = then.get(table.getKey());
            Optional<BackPlan.Table> carried = tables.stream()
                    .filter(one -> one.compared().mapping().targetName().equals(table.getKey()))
                    .findFirst();
            if (before == null) {
                if (tablesKnown) {
                    newTable(table.getKey(), obstacles);
                }
            } else {
                String subject = carried.map(one -> one.source().name()).orElse(table.getKey());
                columns(table.getKey(), before, table.getValue(), subject, obstacles);
                if (carried.isPresent()) {
                    withoutPlace(
                            carried.get(), before.keySet(), table.getValue().keySet(), obstacles);
                    goneColumns(carried.get(), before.keySet(), table.getValue().keySet(), obstacles);
                }
            }
        }
        goneTables(tables, obstacles);
    }

    /** Tables of the application's own that its migrations took away: nobody could plan for them. */
    private void goneTables(List<BackPlan.Table> tables, Obstacles obstacles) {
        Set<String> planned = tables.stream()
                .map(table -> table.compared().mapping().targetName())
                .collect(Collectors.toSet());
        for (String table : then.keySet()) {
            if (!now.containsKey(table) && !planned.contains(table)) {
                obstacles.loss(
                        NoticeKind.WAY_BACK.id(table),
                        "PostgreSQL is not what it was at the switch: it has no table " + table + " any more.",
                        "Leave in SQLite what the backup has of it.",
                        0,
                        List.of());
            }
        }
    }

    private void goneColumns(BackPlan.Table table, Set<String> before, Set<String> after, Obstacles obstacles) {
        Set<String> planned = targetNames(table);
        for (String column : before) {
            if (!after.contains(column) && !planned.contains(column)) {
                obstacles.loss(
                        NoticeKind.WAY_BACK.id(table.source().name(), column),
                        "PostgreSQL is not what it was at the switch: table "
                                + table.compared().mapping().targetName() + " has no column " + column + " any more.",
                        "Leave in SQLite what the backup has of it.",
                        0,
                        List.of());
            }
        }
    }

    private static Set<String> targetNames(BackPlan.Table table) {
        return table.compared().mapping().columns().stream()
                .map(ColumnMapping::targetName)
                .collect(Collectors.toSet());
    }

    /** Columns that PostgreSQL had from the beginning, and SQLite never. */
    private void withoutPlace(BackPlan.Table table, Set<String> before, Set<String> after, Obstacles obstacles)
            throws SQLException {
        String name = table.compared().mapping().targetName();
        Set<String> carried = targetNames(table);
        for (String column : after) {
            if (!carried.contains(column) && before.contains(column)) {
                long values = count("count(" + Identifier.quote(column) + ")", name);
                if (values > 0) {
                    obstacles.tell(
                            NoticeKind.WAY_BACK.id(table.source().name(), column),
                            "SQLite has no column for " + name + "." + column + " of PostgreSQL, in which "
                                    + Amount.of(values, "row") + Amount.verb(values, " has", " have")
                                    + " a value: it stays behind.");
                }
            }
        }
    }

    private void newTable(String table, Obstacles obstacles) throws SQLException {
        long rows = count("count(*)", table);
        String message = "Table " + table + " is new in PostgreSQL since the switch, and SQLite has no such table; "
                + rows + (rows == 1 ? " row" : " rows") + " in it.";
        if (rows == 0) {
            obstacles.tell(NoticeKind.WAY_BACK.id(table), message);
        } else {
            obstacles.loss(
                    NoticeKind.WAY_BACK.id(table), message, "Leave the table behind with its rows.", rows, List.of());
        }
    }

    private void columns(
            String table, Map<String, String> before, Map<String, String> after, String subject, Obstacles obstacles)
            throws SQLException {
        for (Map.Entry<String, String> column : after.entrySet()) {
            String was = before.get(column.getKey());
            if (was == null) {
                newColumn(table, column.getKey(), subject, obstacles);
            } else if (!was.isEmpty() && !was.equals(column.getValue())) {
                obstacles.tell(
                        NoticeKind.WAY_BACK.id(subject, column.getKey()),
                        "Column " + table + "." + column.getKey() + " of PostgreSQL was " + was
                                + " at the switch and is "
                                + Objects.requireNonNull(column.getValue())
                                + " now; what it holds is carried back as far as the column of SQLite takes it.");
            }
        }
    }

    private void newColumn(String table, String column, String subject, Obstacles obstacles) throws SQLException {
        long values = count("count(" + Identifier.quote(column) + ")", table);
        String id = NoticeKind.WAY_BACK.id(subject, column);
        String message = "Column " + table + "." + column
                + " is new in PostgreSQL since the switch, and SQLite has no such column; " + values
                + (values == 1 ? " row has" : " rows have") + " a value in it.";
        if (values == 0) {
            obstacles.tell(id, message);
        } else {
            obstacles.loss(id, message, "Leave the column behind with its values.", values, List.of());
        }
    }

    private long count(String what, String table) throws SQLException {
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT " + what + " FROM " + Identifier.qualified(schema.name(), table))) {
            row.next();
            return row.getLong(1);
        }
    }
}
