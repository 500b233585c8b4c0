package dev.outgrow.validate;

import com.google.common.collect.ImmutableMap;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A report as JSON, in both directions. Times are milliseconds. */
final class ValidationJson {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private ValidationJson() {}

    static String write(ValidationReport report) {
        JsonObject json = new JsonObject();
        json.addProperty("passed", report.passed());
        json.addProperty("scope", report.scope().name());
        json.addProperty("milliseconds", report.time().toMillis());
        json.add("tables", array(report.tables(), ValidationJson::table));
        json.add(
                "schemaFindings",
                array(report.schemaFindings(), finding -> pair("id", finding.id(), "message", finding.message())));
        json.add("checks", array(report.checks(), ValidationJson::check));
        json.add(
                "notCompared",
                array(report.notCompared(), left -> pair("subject", left.subject(), "reason", left.reason())));
        return GSON.toJson(json);
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
            throw new IllegalArgumentException("this is no validation report in JSON", e);
        }
    }

    private static JsonObject table(TableComparison table) {
        JsonObject json = new JsonObject();
        json.addProperty("table", table.table());
        json.addProperty("sourceRows", table.sourceRows());
        json.addProperty("targetRows", table.targetRows());
        json.addProperty("valuesCompared", table.valuesCompared());
        JsonObject normalised = new JsonObject();
        table.normalised().forEach(normalised::addProperty);
        json.add("normalised", normalised);
        json.addProperty("differenceCount", table.differenceCount());
        json.add("differences", array(table.differences(), ValidationJson::difference));
        json.addProperty("rowsWrittenSince", table.rowsWrittenSince());
        json.addProperty("stoppedEarly", table.stoppedEarly());
        json.addProperty("milliseconds", table.time().toMillis());
        return json;
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

    private static JsonObject difference(Difference difference) {
        JsonObject json =
                pair("key", difference.key(), "kind", difference.kind().name());
        difference.column().ifPresent(column -> json.addProperty("column", column));
        return json;
    }

    private static Difference difference(String table, JsonObject json) {
        return new Difference(
                table,
                string(json, "key"),
                json.has("column") ? string(json, "column") : null,
                Difference.Kind.valueOf(string(json, "kind")));
    }

    private static JsonObject check(CheckResult check) {
        JsonObject json = pair("name", check.name(), "message", check.message());
        json.addProperty("passed", check.passed());
        json.addProperty("milliseconds", check.time().toMillis());
        return json;
    }

    private static CheckResult check(JsonObject json) {
        return new CheckResult(
                string(json, "name"), json.get("passed").getAsBoolean(), string(json, "message"), null, time(json));
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonObject> write) {
        JsonArray array = new JsonArray(items.size());
        items.forEach(item -> array.add(write.apply(item)));
        return array;
    }

    private static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> read) {
        List<T> items = new ArrayList<>();
        json.getAsJsonArray(name).forEach(item -> items.add(read.apply(item.getAsJsonObject())));
        return items;
    }

    private static JsonObject pair(String first, String firstValue, String second, String secondValue) {
        JsonObject json = new JsonObject();
        json.addProperty(first, firstValue);
        json.addProperty(second, secondValue);
        return json;
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
