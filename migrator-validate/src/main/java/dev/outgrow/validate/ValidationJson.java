package dev.outgrow.validate;

import com.google.common.collect.ImmutableMap;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.outgrow.typemap.internal.text.JsonLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A report as JSON, in both directions. Times are milliseconds. */
final class ValidationJson {
    private ValidationJson() {}

    static String write(ValidationReport report) {
        JsonLines json = new JsonLines().object();
        json.member("passed", report.passed());
        json.member("scope", report.scope().name());
        json.member("milliseconds", report.time().toMillis());
        json.array("tables");
        for (TableComparison table : report.tables()) {
            table(json, table);
        }
        json.end().array("schemaFindings");
        for (SchemaFinding finding : report.schemaFindings()) {
            json.object().member("id", finding.id()).member("message", finding.message());
            json.end();
        }
        json.end().array("checks");
        for (CheckResult check : report.checks()) {
            json.object().member("name", check.name()).member("message", check.message());
            json.member("passed", check.passed());
            json.member("milliseconds", check.time().toMillis()).end();
        }
        json.end().array("notCompared");
        for (NotCompared left : report.notCompared()) {
            json.object().member("subject", left.subject()).member("reason", left.reason());
            json.end();
        }
        return json.end().end().toString();
    }

    static ValidationReport read(String text) {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            return new ValidationReport(
                    Validation.valueOf(json.get("scope").getAsString()),
                    list(json, "tables", ValidationJson::table),
                    list(json, "schemaFindings", it -> new SchemaFinding(string(it, "id"), string(it, "message"))),
                    list(json, "checks", ValidationJson::check),
                    list(json, "notCompared", it -> new NotCompared(string(it, "subject"), string(it, "reason"))),
                    time(json));
        } catch (JsonParseException | IllegalStateException | NullPointerException | ClassCastException e) {
            throw new IllegalArgumentException("this is not a validation report in JSON", e);
        }
    }

    private static void table(JsonLines json, TableComparison table) {
        json.object().member("table", table.table());
        json.member("sourceRows", table.sourceRows());
        json.member("targetRows", table.targetRows());
        json.member("valuesCompared", table.valuesCompared());
        json.object("normalised");
        for (Map.Entry<String, Long> column : table.normalised().entrySet()) {
            json.member(column.getKey(), column.getValue());
        }
        json.end().member("differenceCount", table.differenceCount());
        json.array("differences");
        for (Difference difference : table.differences()) {
            json.object().member("key", difference.key());
            json.member("kind", difference.kind().name());
            json.member("column", difference.column().orElse(null)).end();
        }
        json.end().member("rowsWrittenSince", table.rowsWrittenSince());
        json.member("stoppedEarly", table.stoppedEarly());
        json.member("milliseconds", table.time().toMillis()).end();
    }

    private static TableComparison table(JsonObject json) {
        ImmutableMap.Builder<String, Long> normalised = ImmutableMap.builder();
        for (Map.Entry<String, JsonElement> column :
                json.getAsJsonObject("normalised").entrySet()) {
            normalised.put(column.getKey(), column.getValue().getAsLong());
        }
        String name = string(json, "table");
        return new TableComparison(
                name,
                number(json, "sourceRows"),
                number(json, "targetRows"),
                number(json, "valuesCompared"),
                normalised.buildOrThrow(),
                number(json, "differenceCount"),
                list(json, "differences", it -> difference(name, it)),
                number(json, "rowsWrittenSince"),
                json.get("stoppedEarly").getAsBoolean(),
                time(json));
    }

    private static Difference difference(String table, JsonObject json) {
        return new Difference(
                table,
                string(json, "key"),
                json.has("column") ? string(json, "column") : null,
                Difference.Kind.valueOf(string(json, "kind")));
    }

    private static CheckResult check(JsonObject json) {
        return new CheckResult(
                string(json, "name"), json.get("passed").getAsBoolean(), string(json, "message"), null, time(json));
    }

    private static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> read) {
        List<T> items = new ArrayList<>();
        json.getAsJsonArray(name).forEach(item -> items.add(read.apply(item.getAsJsonObject())));
        return items;
    }

    private static String string(JsonObject json, String name) {
        return json.get(name).getAsString();
    }

    private static long number(JsonObject json, String name) {
        return json.get(name).getAsLong();
    }

    private static Duration time(JsonObject json) {
        return Duration.ofMillis(number(json, "milliseconds"));
    }
}
