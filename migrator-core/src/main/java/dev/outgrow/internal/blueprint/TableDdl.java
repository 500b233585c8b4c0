package dev.outgrow.internal.blueprint;

import com.google.common.base.Strings;
import dev.outgrow.internal.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;

/** The CREATE TABLE of one table: one line for each column, with names and types aligned. */
public final class TableDdl {
    private final String table;
    private final List<Column> columns = new ArrayList<>();

    private record Column(String name, String type, String rest) {}

    public TableDdl(String table) {
        this.table = table;
    }

    /** A column, with what follows its type: GENERATED, DEFAULT, NOT NULL. */
    public void column(String name, String type, String rest) {
        columns.add(new Column(Identifier.quote(name), type, rest));
    }

    public Statement statement() {
        int name = 0;
        int type = 0;
        for (Column column : columns) {
            name = Math.max(name, column.name.length());
            type = column.rest.isEmpty() ? type : Math.max(type, column.type.length());
        }
        List<String> lines = new ArrayList<>();
        for (Column column : columns) {
            String line = Strings.padEnd(column.name, name, ' ') + " " + Strings.padEnd(column.type, type, ' ') + " "
                    + column.rest;
            lines.add("    " + line.stripTrailing());
        }
        return new Statement(
                "create:" + table,
                "CREATE TABLE " + Identifier.quote(table) + " (\n" + String.join(",\n", lines) + "\n)");
    }
}
