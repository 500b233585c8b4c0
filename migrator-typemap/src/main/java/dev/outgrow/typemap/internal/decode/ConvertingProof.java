package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.ValueConverter;
import dev.outgrow.typemap.internal.value.AppConverter;
import dev.outgrow.typemap.internal.value.ConverterFailedException;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.typemap.internal.value.WaysBack;
import java.nio.charset.StandardCharsets;

/**
 * A caller's own conversion: the target's value goes back through the converter. If it has no way back, its result for
 * the source is compared with the target instead, so that at least the move is proved.
 */
final class ConvertingProof extends TypeProof {
    private final AppConverter converter;
    private final PgType type;
    private final boolean oneWay;
    private final TypeProof literal;
    private final ValueSlot slot = new ValueSlot();
    private final ValueSlot kept = new ValueSlot();

    /** @param column as messages name it; empty if it is named elsewhere */
    ConvertingProof(TypeMapping mapping, ValueConverter converter, String column) {
        super(mapping);
        this.converter = new AppConverter(converter, column);
        oneWay = WaysBack.isOneWay(converter);
        type = mapping.type();
        literal = type.kind() == PgType.Kind.INTERVAL
                ? IntervalProof.ofInput(type)
                : Proofs.literalProof(type.carrier().orElse(type));
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return false;
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        literal.writeBack(target, offset, length, kept);
        toSqlite(ServerText.of(type, target, offset, length, kept), into);
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        String text;
        try {
            text = converter.toPostgres(source);
        } catch (ConverterFailedException e) {
            return false;
        }
        if (text == null) {
            into.setNull();
            return true;
        }
        if (type.carrier().isPresent() && !oneWay) {
            // Only the server knows what it prints for the text, so the value that comes back from there is compared.
            Wire.copy(source, into);
            return true;
        }
        slot.setText(text.getBytes(StandardCharsets.UTF_8));
        if (literal.canonical(slot, kept) == Outcome.DIFFERENT) {
            return false;
        }
        toSqlite(ServerText.of(type, text, kept), into);
        return true;
    }

    private void toSqlite(String printed, ValueSlot into) {
        if (!converter.toSqlite(printed, into)) {
            Wire.copy(kept, into);
        }
    }
}
