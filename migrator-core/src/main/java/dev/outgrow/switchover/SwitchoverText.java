package dev.outgrow.switchover;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.outgrow.typemap.internal.text.Amount;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A status as text and as JSON. */
final class SwitchoverText {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'");

    private SwitchoverText() {}

    static String of(SwitchoverStatus status) {
        StringBuilder text =
                new StringBuilder("Switchover: ").append(status.state().words());
        status.since().ifPresent(since -> text.append(", since ").append(moment(since)));
        status.active().ifPresent(active -> line(text, "The right database", active.words()));
        status.refusal().ifPresent(reason -> line(text, "The application must not start", reason));
        status.migrationId().ifPresent(id -> line(text, "Migration", id + ", round " + status.round()));
        status.provenAt()
                .ifPresent(proven -> line(
                        text,
                        "Proven",
                        moment(proven) + ", " + age(status.provenSince().orElse(Duration.ZERO)) + " ago"));
        line(text, "Late writes to the old file", status.lateWrites().toString());
        status.waitingCopy().ifPresent(copy -> line(text, "Copied ahead", copied(copy, status.askedAt())));
        status.costOfGoingBack().ifPresent(cost -> line(text, "To carry on the way back", cost.toString()));
        status.findings().forEach(finding -> line(text, "Found", finding));
        status.nextSteps().forEach(step -> line(text, "Next", step));
        return text.toString();
    }

    /** When a copy was made, and how large it is. */
    static String copied(WaitingCopy copy, Instant now) {
        return copy.at()
                        .map(at -> moment(at) + ", " + age(Duration.between(at, now)) + " ago, ")
                        .orElse("")
                + Amount.of(copy.rows(), "row") + "; nothing of it is published";
    }

    /** A moment as people read it, to the second. */
    static String moment(Instant instant) {
        return MOMENT.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(System.lineSeparator())
                .append("  ")
                .append(label)
                .append(": ")
                .append(value);
    }

    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
    }

    static String json(SwitchoverStatus status) {
        JsonObject json = new JsonObject();
        json.addProperty("format", 1);
        json.addProperty("state", status.state().name());
        status.active().ifPresent(active -> json.addProperty("active", active.name()));
        status.refusal().ifPresent(reason -> json.addProperty("refusal", reason));
        status.migrationId().ifPresent(id -> json.addProperty("migrationId", id));
        json.addProperty("round", status.round());
        status.since().ifPresent(since -> json.addProperty("since", since.toString()));
        status.provenAt().ifPresent(proven -> json.addProperty("provenAt", proven.toString()));
        json.addProperty("askedAt", status.askedAt().toString());
        json.add("nextSteps", array(status.nextSteps()));
        json.add("findings", array(status.findings()));
        json.add("lateWrites", late(status.lateWrites()));
        status.waitingCopy().ifPresent(copy -> json.add("waitingCopy", waiting(copy)));
        status.costOfGoingBack().ifPresent(cost -> json.add("costOfGoingBack", cost(cost)));
        return GSON.toJson(json);
    }

    private static JsonArray array(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private static JsonObject late(LateWrites writes) {
        JsonObject json = new JsonObject();
        json.addProperty("rows", writes.rows());
        json.addProperty("schemaChanged", writes.schemaChanged());
        json.addProperty("compared", writes.compared());
        JsonArray tables = new JsonArray();
        for (LateWrites.Table table : writes.tables()) {
            JsonObject line = counts(table.table(), table.inserted(), table.changed(), table.deleted());
            line.add("keys", array(table.keys()));
            tables.add(line);
        }
        json.add("tables", tables);
        return json;
    }

    private static JsonObject waiting(WaitingCopy copy) {
        JsonObject json = new JsonObject();
        copy.at().ifPresent(at -> json.addProperty("at", at.toString()));
        json.addProperty("rows", copy.rows());
        json.addProperty("state", copy.state());
        return json;
    }

    private static JsonObject cost(CostOfGoingBack cost) {
        JsonObject json = new JsonObject();
        json.addProperty("rows", cost.rows());
        json.addProperty("comparingMillis", cost.comparing().toMillis());
        JsonArray tables = new JsonArray();
        for (CostOfGoingBack.Table table : cost.tables()) {
            tables.add(counts(table.table(), table.inserted(), table.changed(), table.deleted()));
        }
        json.add("tables", tables);
        return json;
    }

    private static JsonObject counts(String table, long inserted, long changed, long deleted) {
        JsonObject json = new JsonObject();
        json.addProperty("table", table);
        json.addProperty("inserted", inserted);
        json.addProperty("changed", changed);
        json.addProperty("deleted", deleted);
        return json;
    }
}
