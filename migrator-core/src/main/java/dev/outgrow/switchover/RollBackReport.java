package dev.outgrow.switchover;

import com.google.common.collect.ImmutableList;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.outgrow.plan.Notice;
import dev.outgrow.validate.ValidationReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What the way back did. Immutable; made by the library, use the accessors. {@link #toString()} is for people, {@link #toJson()}
 * for programs. It holds keys and counts, never the value of another column.
 *
 * @param rehearsal whether it was only rehearsed: then there is no file
 * @param file the new SQLite file
 * @param round how often the application had begun to switch
 * @param startedAt when it began
 * @param time how long it took
 * @param tables the tables, in the order of SQLite's catalog
 * @param notices what the caller agreed to leave behind, what else has no place in SQLite, and columns whose values
 *     have several forms
 * @param validation the comparison of every value of the new file with PostgreSQL
 */
public record RollBackReport(
        boolean rehearsal,
        Path file,
        int round,
        Instant startedAt,
        Duration time,
        List<Table> tables,
        List<Notice> notices,
        ValidationReport validation) {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    /**
     * One table.
     *
     * @param table its name in SQLite
     * @param inserted rows that PostgreSQL had and the backup had not
     * @param changed rows that both had, and that differed
     * @param deleted rows that the backup had and PostgreSQL had not
     * @param unchanged rows that are, byte for byte, what they were
     */
    public record Table(String table, long inserted, long changed, long deleted, long unchanged) {
        public Table {
            Objects.requireNonNull(table, "table");
        }

        /** The rows that were carried back. */
        public long carried() {
            return inserted + changed + deleted;
        }

        @Override
        public String toString() {
            return table + ": " + inserted + " inserted, " + changed + " changed, " + deleted + " deleted, " + unchanged
                    + " as they were";
        }
    }

    public RollBackReport {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(time, "time");
        tables = ImmutableList.copyOf(tables);
        notices = ImmutableList.copyOf(notices);
        Objects.requireNonNull(validation, "validation");
    }

    /** The rows that were carried back, of all tables together. */
    public long carried() {
        return tables.stream().mapToLong(Table::carried).sum();
    }

    /** The report as a JSON object. */
    public String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("format", 1);
        json.addProperty("rehearsal", rehearsal);
        json.addProperty("file", file.toString());
        json.addProperty("round", round);
        json.addProperty("startedAt", startedAt.toString());
        json.addProperty("millis", time.toMillis());
        json.addProperty("carried", carried());
        JsonArray lines = new JsonArray();
        for (Table table : tables) {
            JsonObject line = new JsonObject();
            line.addProperty("table", table.table());
            line.addProperty("inserted", table.inserted());
            line.addProperty("changed", table.changed());
            line.addProperty("deleted", table.deleted());
            line.addProperty("unchanged", table.unchanged());
            lines.add(line);
        }
        json.add("tables", lines);
        JsonArray said = new JsonArray();
        for (Notice notice : notices) {
            JsonObject line = new JsonObject();
            line.addProperty("id", notice.id());
            line.addProperty("severity", notice.severity().name());
            line.addProperty("message", notice.message());
            line.addProperty("count", notice.count());
            said.add(line);
        }
        json.add("notices", said);
        json.add("validation", JsonParser.parseString(validation.toJson()));
        return GSON.toJson(json);
    }

    /** The report as text that a person can read. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(rehearsal ? "REHEARSED: " : "BACK ON SQLITE: ")
                .append(carried())
                .append(carried() == 1 ? " row" : " rows")
                .append(" carried back, every value compared with PostgreSQL, in ")
                .append(time.toMillis() / 1000.0)
                .append(" s (round ")
                .append(round)
                .append(").");
        line(
                text,
                rehearsal
                        ? "The file was thrown away again; nothing has changed."
                        : "The data is in " + file + " now.");
        tables.stream().filter(table -> table.carried() > 0).forEach(table -> line(text, table.toString()));
        notices.forEach(notice -> line(text, notice.id() + ": " + notice.message()));
        if (!rehearsal) {
            line(text, "Next: name " + file + " in the application's settings instead of PostgreSQL, and start it.");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String words) {
        text.append(System.lineSeparator()).append("  ").append(words);
    }
}
