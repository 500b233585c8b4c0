package dev.outgrow.typemap.internal.encode;

import com.google.common.base.Splitter;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.parse.ArrayParts;
import dev.outgrow.typemap.internal.parse.ArrayText;
import dev.outgrow.typemap.internal.parse.JsonArrayText;
import dev.outgrow.typemap.internal.parse.Utf8;
import dev.outgrow.typemap.internal.value.Literal;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays from PostgreSQL's text of them, or from JSON's. */
final class ArrayEncoder implements ValueEncoder {
    private final ValueEncoder element;
    private final int elementOid;
    private final boolean commas;
    private final boolean ofJson;

    /**
     * An encoder.
     *
     * @param infiniteNumeric whether elements of {@code numeric} may be infinite
     */
    ArrayEncoder(TypeMapping mapping, boolean infiniteNumeric) {
        PgType type = mapping.type().element().orElseThrow();
        element = Encoders.encoderFor(Literal.mapping(type), infiniteNumeric);
        commas = mapping.representation() == Representation.COMMA_LIST;
        ofJson = type.kind() == PgType.Kind.JSON || type.kind() == PgType.Kind.JSONB;
        elementOid = oid(type);
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        if (value.storageClass() == StorageClass.NULL) {
            out.putNull();
            return;
        }
        ArrayParts parts = value.storageClass() == StorageClass.TEXT && Utf8.isClean(Utf8.check(value.bytes()))
                ? parts(value.bytes())
                : null;
        // JSON within JSON may as well be an element that is an array itself.
        if (parts == null || (ofJson && parts.lengths().size() > 1)) {
            throw new UnfitValueException(Misfit.Kind.NO_ARRAY);
        }
        List<@Nullable String> elements = parts.elements();
        int start = out.beginField();
        out.putInt(parts.lengths().size());
        out.putInt(elements.contains(null) ? 1 : 0);
        out.putInt(elementOid);
        for (int length : parts.lengths()) {
            out.putInt(length);
            out.putInt(1);
        }
        ValueSlot slot = new ValueSlot();
        for (String each : elements) {
            if (each == null) {
                slot.setNull();
            } else {
                slot.setText(each.getBytes(StandardCharsets.UTF_8));
            }
            element.encode(slot, out);
        }
        out.endField(start);
    }

    /** No text is both: PostgreSQL's begins with a brace and JSON's with a bracket. */
    private @Nullable ArrayParts parts(byte[] text) {
        if (commas) {
            String list = new String(text, StandardCharsets.UTF_8);
            return ArrayParts.of(
                    list.isBlank()
                            ? Collections.emptyList()
                            : new ArrayList<>(Splitter.on(',').trimResults().splitToList(list)));
        }
        if (!JsonArrayText.begins(text, 0, text.length)) {
            return ArrayText.read(text);
        }
        return ofJson ? JsonArrayText.documents(text) : JsonArrayText.read(text);
    }

    /** The type's number in pg_type, which no release has ever changed. */
    private static int oid(PgType type) {
        return switch (type.kind()) {
            case BOOLEAN -> 16;
            case BYTEA -> 17;
            case BIGINT -> 20;
            case SMALLINT -> 21;
            case INTEGER -> 23;
            case TEXT -> 25;
            case JSON -> 114;
            case CIDR -> 650;
            case REAL -> 700;
            case DOUBLE_PRECISION -> 701;
            case MACADDR -> 829;
            case INET -> 869;
            case CHAR -> 1042;
            case VARCHAR -> 1043;
            case DATE -> 1082;
            case TIME -> 1083;
            case TIMESTAMP -> 1114;
            case TIMESTAMPTZ -> 1184;
            case INTERVAL -> 1186;
            case NUMERIC -> 1700;
            case UUID -> 2950;
            case JSONB -> 3802;
            case CITEXT, ENUM, ARRAY ->
                throw new IllegalArgumentException(
                        "an array of " + type.sql() + " has no number that every database knows");
        };
    }
}
