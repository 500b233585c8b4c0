package dev.outgrow.internal.sqlite.reshape;

import com.google.common.io.BaseEncoding;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An exact representation of a row of SQLite as a JSON object: an integer is a number and a text a string; a value that
 * JSON or PostgreSQL's {@code jsonb} would change is an object, {@code {"real": "0.1"}}, {@code {"blob": "00ff"}},
 * {@code {"text": "6100"}} with the bytes of a text that is not UTF-8 or holds NUL.
 */
public final class RowJson {
    private RowJson() {}

    /** The object of a row. */
    static String write(List<String> columns, ValueSlot[] slots) {
        JsonObject row = new JsonObject();
        for (int i = 0; i < columns.size(); i++) {
            row.add(columns.get(i), value(slots[i]));
        }
        return row.toString();
    }

    private static JsonElement value(ValueSlot slot) {
        return switch (slot.storageClass()) {
            case NULL -> JsonNull.INSTANCE;
            case INTEGER -> new JsonPrimitive(slot.integer());
            case REAL -> tagged("real", Double.toString(slot.real()));
            case BLOB -> tagged("blob", hex(slot.bytes()));
            case TEXT -> text(slot.bytes());
        };
    }

    private static JsonElement text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') < 0 ? new JsonPrimitive(text) : tagged("text", hex(bytes));
        } catch (CharacterCodingException e) {
            return tagged("text", hex(bytes));
        }
    }

    private static JsonElement tagged(String tag, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(tag, value);
        return object;
    }

    private static String hex(byte[] bytes) {
        return BaseEncoding.base16().lowerCase().encode(bytes);
    }

    /** The values of a row by column, from its object, regardless of the order there. */
    public static Map<String, ValueSlot> read(String json) {
        Map<String, ValueSlot> row = new LinkedHashMap<>();
        JsonParser.parseString(json)
                .getAsJsonObject()
                .entrySet()
                .forEach(entry -> row.put(entry.getKey(), slot(entry.getValue())));
        return row;
    }

    private static ValueSlot slot(JsonElement value) {
        ValueSlot slot = new ValueSlot();
        if (value.isJsonNull()) {
            slot.setNull();
        } else if (value.isJsonObject()) {
            Map.Entry<String, JsonElement> tagged =
                    value.getAsJsonObject().entrySet().iterator().next();
            String text = tagged.getValue().getAsString();
            switch (tagged.getKey()) {
                case "real" -> slot.setReal(Double.parseDouble(text));
                case "blob" -> slot.setBlob(bytes(text));
                case "text" -> slot.setText(bytes(text));
                default ->
                    throw new IllegalArgumentException("no value of a row that was set aside: " + tagged.getKey());
            }
        } else if (value.getAsJsonPrimitive().isNumber()) {
            slot.setInteger(value.getAsLong());
        } else {
            slot.setText(value.getAsString().getBytes(StandardCharsets.UTF_8));
        }
        return slot;
    }

    private static byte[] bytes(String hex) {
        return BaseEncoding.base16().lowerCase().decode(hex);
    }

    /** Whether two objects represent the same row. */
    public static boolean same(String one, String other) {
        return JsonParser.parseString(one).equals(JsonParser.parseString(other));
    }
}
