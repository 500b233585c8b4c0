package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.parse.JsonObjectText;
import dev.outgrow.typemap.internal.parse.Utf8;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values of hstore from flat JSON objects, as the text in which PostgreSQL prints them; other text is for PostgreSQL to read. */
final class HstoreEncoder implements ValueEncoder {
    /** The order of keys in an hstore: by bytes, shorter ones first. */
    private static final Comparator<byte[]> KEYS =
            Comparator.<byte[]>comparingInt(key -> key.length).thenComparing(Arrays::compareUnsigned);

    private final TextEncoder text;

    HstoreEncoder(TypeMapping mapping) {
        text = new TextEncoder(mapping.withRepresentation(Representation.TEXT_OF_BYTES));
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        if (value.storageClass() != StorageClass.TEXT || !Utf8.isClean(Utf8.check(value.bytes()))) {
            text.encode(value, out);
            return;
        }
        byte[] bytes = value.bytes();
        if (!JsonObjectText.begins(bytes)) {
            text.encode(value, out);
            return;
        }
        Map<String, @Nullable String> members = JsonObjectText.read(bytes);
        if (members == null) {
            throw new UnfitValueException(Misfit.Kind.NO_HSTORE);
        }
        out.putField(printed(members).getBytes(StandardCharsets.UTF_8));
    }

    private static String printed(Map<String, @Nullable String> members) {
        Map<byte[], String> ordered = new TreeMap<>(KEYS);
        members.forEach((key, value) -> ordered.put(
                key.getBytes(StandardCharsets.UTF_8), quoted(key) + "=>" + (value == null ? "NULL" : quoted(value))));
        return String.join(", ", ordered.values());
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
