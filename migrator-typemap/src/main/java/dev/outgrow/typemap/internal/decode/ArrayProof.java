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
    /** Possessive: Java's matcher would go one call deeper for each character. */
    private static final Pattern ELEMENT =
            Pattern.compile("(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|((?:[^\"\\\\,{}]|\\\\.)++))", Pattern.DOTALL);

    private static final Pattern JSON_ELEMENT =
            Pattern.compile("(?:(\"(?:[^\"\\\\]|\\\\.)*+\")|([^\"\\[\\]{},\\s]+))", Pattern.DOTALL);
    /** What PostgreSQL prints without quotes. */
    private static final Pattern PLAIN = Pattern.compile("[^\\s{},\"\\\\]+");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    private final boolean json;
    private final boolean commas;
    private final boolean documents;
    private final TypeProof element;
    private final PgType elementType;
    private final ValueSlot slot = new ValueSlot();
    private final ValueSlot kept = new ValueSlot();

    ArrayProof(TypeMapping mapping) {
        super(mapping);
        json = mapping.representation() == Representation.JSON_TEXT;
        commas = mapping.representation() == Representation.COMMA_LIST;
        elementType = mapping.type().element().orElseThrow();
        documents = elementType.kind() == PgType.Kind.JSON || elementType.kind() == PgType.Kind.JSONB;
        element = Proofs.literalProof(elementType);
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return false;
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        StringBuilder text = new StringBuilder();
        int dimensions = Wire.int4(target, offset);
        boolean shown = dimensions <= 1 || !commas;
        for (int i = 0; i < dimensions; i++) {
            shown &= Wire.int4(target, offset + 16 + 8 * i) == 1;
        }
        if (dimensions == 0) {
            text.append(opening()).append(closing());
        } else if (!shown || back(target, offset, 0, offset + 12 + 8 * dimensions, text) < 0) {
            // Nothing that we wrote starts at another index: shown as it is, so that it equals nothing.
            into.setBlob(Arrays.copyOfRange(target, offset, offset + length));
            return;
        }
        into.setText(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Prints the arrays of a dimension from a position on, and returns the one after them; negative if they cannot be printed. */
    private int back(byte[] target, int offset, int dimension, int start, StringBuilder text) {
        int at = start;
        text.append(opening());
        for (int i = 0; i < Wire.int4(target, offset + 12 + 8 * dimension); i++) {
            if (dimension < Wire.int4(target, offset) - 1) {
                text.append(i > 0 ? "," : "");
                at = back(target, offset, dimension + 1, at, text);
            } else {
                int size = Wire.int4(target, at);
                element.writeBack(target, at + 4, size, kept);
                if (commas && !isOfList(kept)) {
                    return -1;
                }
                append(i > 0, kept, text);
                at += 4 + Math.max(0, size);
            }
        }
        text.append(closing());
        return at;
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
        if (ofJson && documents) {
            return forwardDocuments(text, into);
        }
        if (!ofJson && !(text.startsWith("{") && text.endsWith("}"))) {
            return false;
        }
        StringBuilder printed = new StringBuilder();
        Matcher each = (ofJson ? JSON_ELEMENT : ELEMENT).matcher(text);
        int depth = 0;
        for (int at = 0; at < text.length(); ) {
            char next = text.charAt(at);
            if (next == (ofJson ? '[' : '{')) {
                printed.append(opening());
                depth++;
                at++;
            } else if (next == (ofJson ? ']' : '}')) {
                printed.append(closing());
                at++;
                if (--depth == 0 && at < text.length()) {
                    return false;
                }
            } else if (next == ',' || Character.isWhitespace(next)) {
                printed.append(next == ',' ? "," : "");
                at++;
            } else {
                if (!each.region(at, text.length()).lookingAt() || !(ofJson ? forwardJson(each) : forward(each))) {
                    return false;
                }
                append(false, kept, printed);
                at = each.end();
            }
        }
        into.setText(printed.toString().getBytes(StandardCharsets.UTF_8));
        return depth == 0;
    }

    /** Each value of the array is a document, whatever brackets and commas are in it. */
    private boolean forwardDocuments(String text, ValueSlot into) {
        StringBuilder printed = new StringBuilder(opening());
        int start = 1;
        int depth = 0;
        boolean quoted = false;
        for (int at = 1; at < text.length(); at++) {
            char each = text.charAt(at);
            boolean last = at == text.length() - 1;
            if (quoted) {
                at += each == '\\' ? 1 : 0;
                quoted = each != '"';
            } else if (each == '"') {
                quoted = true;
            } else if ((each == ',' && depth == 0) || last) {
                String document = text.substring(start, at).strip();
                if (last && start == 1 && document.isEmpty()) {
                    break;
                }
                if (depth != 0 || document.startsWith("[") || !forwardDocument(document)) {
                    return false;
                }
                append(start > 1, kept, printed);
                start = at + 1;
            } else if (each == '{' || each == '[') {
                depth++;
            } else if (each == '}' || each == ']') {
                depth--;
            }
        }
        into.setText(printed.append(closing()).toString().getBytes(StandardCharsets.UTF_8));
        return !quoted;
    }

    private boolean forwardDocument(String document) {
        if (document.equals("null")) {
            kept.setNull();
            return true;
        }
        slot.setText(document.getBytes(StandardCharsets.UTF_8));
        return element.canonical(slot, kept) != Outcome.DIFFERENT;
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
        } else if (json && documents) {
            text.append(new String(value.bytes(), StandardCharsets.UTF_8));
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
