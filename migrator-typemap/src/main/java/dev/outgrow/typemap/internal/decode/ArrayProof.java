package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Arrays back to PostgreSQL's text of them, or to JSON or a list with commas if the app wrote that. */
final class ArrayProof extends TypeProof {
    private static final Pattern ELEMENT =
            Pattern.compile("\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|((?:[^\"\\\\,{}]|\\\\.)+))\\s*(,|$)", Pattern.DOTALL);
    private static final Pattern JSON_ELEMENT =
            Pattern.compile("\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\")|([^\"\\[\\]{},\\s]+))\\s*(,|$)", Pattern.DOTALL);
    /** What PostgreSQL prints without quotes. */
    private static final Pattern PLAIN = Pattern.compile("[^\\s{},\"\\\\]+");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    private final boolean json;
    private final boolean commas;
    private final TypeProof element;
    private final PgType elementType;
    private final ValueSlot slot = new ValueSlot();
    private final ValueSlot kept = new ValueSlot();

    ArrayProof(TypeMapping mapping) {
        super(mapping);
        json = mapping.representation() == Representation.JSON_TEXT;
        commas = mapping.representation() == Representation.COMMA_LIST;
        elementType = mapping.type().element().orElseThrow();
        element = Proofs.literalProof(elementType);
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return false;
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        StringBuilder text = new StringBuilder(opening());
        int dimensions = Wire.int4(target, offset);
        if (dimensions > 1 || (dimensions == 1 && Wire.int4(target, offset + 16) != 1)) {
            // Nothing that we wrote has more than one dimension, or starts at another index: shown as it is, so that it
            // equals nothing.
            into.setBlob(Arrays.copyOfRange(target, offset, offset + length));
            return;
        }
        int count = dimensions == 0 ? 0 : Wire.int4(target, offset + 12);
        int at = offset + 20;
        for (int i = 0; i < count; i++) {
            int size = Wire.int4(target, at);
            element.writeBack(target, at + 4, size, kept);
            if (commas && !isOfList(kept)) {
                into.setBlob(Arrays.copyOfRange(target, offset, offset + length));
                return;
            }
            append(i > 0, kept, text);
            at += 4 + Math.max(0, size);
        }
        into.setText(text.append(closing()).toString().getBytes(StandardCharsets.UTF_8));
    }

    private String opening() {
        return commas ? "" : json ? "[" : "{";
    }

    private String closing() {
        return commas ? "" : json ? "]" : "}";
    }

    /** Whether an element can stand in a list of commas, which has neither NULL nor quotes. */
    private static boolean isOfList(ValueSlot element) {
        String text = ServerText.plain(element);
        return element.storageClass() != StorageClass.NULL
                && text.indexOf(',') < 0
                && text.strip().equals(text);
    }

    private boolean forwardList(String text, ValueSlot into) {
        StringBuilder printed = new StringBuilder();
        String[] words = text.isBlank() ? new String[0] : text.split(",", -1);
        for (int i = 0; i < words.length; i++) {
            slot.setText(words[i].strip().getBytes(StandardCharsets.UTF_8));
            if (element.canonical(slot, kept) == Outcome.DIFFERENT) {
                return false;
            }
            append(i > 0, kept, printed);
        }
        into.setText(printed.toString().getBytes(StandardCharsets.UTF_8));
        return true;
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        if (source.storageClass() != StorageClass.TEXT) {
            return false;
        }
        if (commas) {
            return forwardList(new String(source.bytes(), StandardCharsets.UTF_8), into);
        }
        String text = new String(source.bytes(), StandardCharsets.UTF_8).strip();
        boolean ofJson = text.startsWith("[") && text.endsWith("]");
        if (!ofJson && !(text.startsWith("{") && text.endsWith("}"))) {
            return false;
        }
        StringBuilder printed = new StringBuilder(json ? "[" : "{");
        String inside = text.substring(1, text.length() - 1);
        Matcher each = (ofJson ? JSON_ELEMENT : ELEMENT).matcher(inside);
        int at = 0;
        while (!inside.isBlank() && at <= inside.length()) {
            if (!each.find(at) || each.start() != at) {
                return false;
            }
            if (!(ofJson ? forwardJson(each) : forward(each))) {
                return false;
            }
            append(at > 0, kept, printed);
            at = each.end();
            if (each.group(3).isEmpty()) {
                break;
            }
        }
        into.setText(printed.append(json ? ']' : '}').toString().getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private boolean forwardJson(Matcher found) {
        String word = found.group(2);
        if (word != null && word.equals("null")) {
            kept.setNull();
            return true;
        }
        String value = word == null ? JsonPrinting.string(found.group(1)) : word;
        if (value == null) {
            return false;
        }
        slot.setText(value.getBytes(StandardCharsets.UTF_8));
        return element.canonical(slot, kept) != Outcome.DIFFERENT;
    }

    private boolean forward(Matcher found) {
        String plain = found.group(2);
        if (plain != null && plain.strip().equalsIgnoreCase("null")) {
            kept.setNull();
            return true;
        }
        String value = ESCAPE.matcher(plain == null ? found.group(1) : plain.stripTrailing())
                .replaceAll("$1");
        slot.setText(value.getBytes(StandardCharsets.UTF_8));
        return element.canonical(slot, kept) != Outcome.DIFFERENT;
    }

    private void append(boolean more, ValueSlot value, StringBuilder text) {
        text.append(more ? "," : "");
        if (commas) {
            text.append(ServerText.plain(value));
        } else if (value.storageClass() == StorageClass.NULL) {
            text.append(json ? "null" : "NULL");
        } else if (json
                && (value.storageClass() == StorageClass.INTEGER || value.storageClass() == StorageClass.REAL)) {
            text.append(ServerText.plain(value));
        } else if (json) {
            JsonPrinting.quote(ServerText.plain(value), text);
        } else {
            String printed = ServerText.of(elementType, value);
            text.append(
                    PLAIN.matcher(printed).matches() && !printed.equalsIgnoreCase("null")
                            ? printed
                            : '"' + printed.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
    }
}
