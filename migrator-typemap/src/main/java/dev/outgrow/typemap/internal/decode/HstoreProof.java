package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of hstore back to the JSON objects that the app wrote, keys in the order of PostgreSQL. */
final class HstoreProof extends TypeProof {
    private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*+)\"";
    private static final Pattern PRINTED =
            Pattern.compile("(?:, )?" + STRING + "=>(?:" + STRING + "|NULL)", Pattern.DOTALL);
    private static final Pattern MEMBER = Pattern.compile(
            "\\s*(" + STRING + ")\\s*:\\s*(?:(" + STRING + ")|([^\"\\[\\]{},\\s]++))\\s*(,|$)", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    HstoreProof(TypeMapping mapping) {
        super(mapping);
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return false;
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        String text = new String(target, offset, length, StandardCharsets.UTF_8);
        String json = ofPrinted(text);
        into.setText((json == null ? text : json).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        String text = switch (source.storageClass()) {
            case TEXT, BLOB -> new String(source.bytes(), StandardCharsets.UTF_8).strip();
            case NULL, INTEGER, REAL -> "";
        };
        boolean ofJson = text.startsWith("{") && text.endsWith("}");
        String json = ofJson ? ofMembers(text.substring(1, text.length() - 1)) : ofPrinted(text);
        if (json == null) {
            return false;
        }
        into.setText(json.getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private static @Nullable String ofPrinted(String text) {
        Map<byte[], Optional<String>> members = new TreeMap<>(JsonPrinting.KEYS);
        Matcher each = PRINTED.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!each.find(at) || each.start() != at) {
                return null;
            }
            members.put(
                    plain(each.group(1)).getBytes(StandardCharsets.UTF_8),
                    Optional.ofNullable(each.group(2)).map(HstoreProof::plain));
            at = each.end();
        }
        return json(members);
    }

    private static String plain(String escaped) {
        return ESCAPE.matcher(escaped).replaceAll("$1");
    }

    private static @Nullable String ofMembers(String inside) {
        Map<byte[], Optional<String>> members = new TreeMap<>(JsonPrinting.KEYS);
        Matcher each = MEMBER.matcher(inside);
        int at = 0;
        while (!inside.isBlank() && at <= inside.length()) {
            if (!each.find(at) || each.start() != at) {
                return null;
            }
            String key = JsonPrinting.string(each.group(1));
            String word = each.group(5);
            String value = word == null ? JsonPrinting.string(each.group(3)) : word;
            if (key == null || value == null) {
                return null;
            }
            boolean isNull = word != null && word.equals("null");
            members.put(key.getBytes(StandardCharsets.UTF_8), isNull ? Optional.empty() : Optional.of(value));
            at = each.end();
            if (each.group(6).isEmpty()) {
                break;
            }
        }
        return json(members);
    }

    private static String json(Map<byte[], Optional<String>> members) {
        StringBuilder json = new StringBuilder("{");
        members.forEach((key, value) -> {
            json.append(json.length() > 1 ? "," : "");
            JsonPrinting.quote(new String(key, StandardCharsets.UTF_8), json);
            json.append(':');
            value.ifPresentOrElse(text -> JsonPrinting.quote(text, json), () -> json.append("null"));
        });
        return json.append('}').toString();
    }
}
