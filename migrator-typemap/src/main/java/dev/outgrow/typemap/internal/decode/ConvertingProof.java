package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.ValueConverter;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A caller's own conversion: the target's value goes back through the converter. Where it has no way back, what it says of the
 * source is held against the target instead, so that at least the move is proved.
 */
final class ConvertingProof extends TypeProof {
    private final ValueConverter converter;
    private final PgType.Kind kind;
    private final TypeProof literal;
    private final ValueSlot slot = new ValueSlot();
    private final ValueSlot kept = new ValueSlot();

    ConvertingProof(TypeMapping mapping, ValueConverter converter) {
        super(mapping);
        this.converter = converter;
        kind = mapping.type().kind();
        literal = Proofs.literalProof(mapping.type());
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return false;
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        literal.writeBack(target, offset, length, kept);
        toSqlite(into);
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        Object value = switch (source.storageClass()) {
            case NULL -> null;
            case INTEGER -> source.integer();
            case REAL -> source.real();
            case TEXT -> new String(source.bytes(), StandardCharsets.UTF_8);
            case BLOB -> source.bytes().clone();
        };
        String text;
        try {
            text = value == null ? null : converter.toPostgres(value);
        } catch (RuntimeException e) {
            return false;
        }
        if (text == null) {
            into.setNull();
            return true;
        }
        slot.setText(text.getBytes(StandardCharsets.UTF_8));
        if (literal.canonical(slot, kept) == Outcome.DIFFERENT) {
            return false;
        }
        toSqlite(into);
        return true;
    }

    /** The kept value as PostgreSQL prints it in UTC. */
    private String printed() {
        return switch (kind) {
            case BOOLEAN -> kept.integer() == 1 ? "t" : "f";
            case TIMESTAMPTZ -> text(kept) + "+00";
            default -> text(kept);
        };
    }

    private void toSqlite(ValueSlot into) {
        Optional<Object> value = converter.toSqlite(printed());
        if (value.isEmpty()) {
            Wire.copy(kept, into);
        } else {
            set(value.get(), into);
        }
    }

    private static void set(Object value, ValueSlot into) {
        if (value instanceof Long integer) {
            into.setInteger(integer);
        } else if (value instanceof Double real) {
            into.setReal(real);
        } else if (value instanceof byte[] blob) {
            into.setBlob(blob);
        } else {
            into.setText(value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A value as PostgreSQL prints it. */
    static String text(ValueSlot value) {
        return switch (value.storageClass()) {
            case NULL -> "";
            case INTEGER -> Long.toString(value.integer());
            case REAL -> NumericProof.shortest(value.real()).toPlainString();
            case TEXT -> new String(value.bytes(), StandardCharsets.UTF_8);
            case BLOB -> "\\x" + HexFormat.of().formatHex(value.bytes());
        };
    }
}
