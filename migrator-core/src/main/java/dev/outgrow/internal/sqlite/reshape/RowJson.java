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
import java.util.List;

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

    /** Whether two objects represent the same row. */
    public static boolean same(String one, String other) {
        return JsonParser.parseString(one).equals(JsonParser.parseString(other));
    }
}
