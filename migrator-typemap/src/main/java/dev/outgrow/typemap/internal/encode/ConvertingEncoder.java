package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.ValueConverter;
import dev.outgrow.typemap.internal.value.Literal;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes what a caller's own converter makes of a value. */
final class ConvertingEncoder implements ValueEncoder {
    private final ValueConverter converter;
    private final ValueEncoder encoder;

    ConvertingEncoder(TypeMapping mapping, ValueConverter converter) {
        this.converter = converter;
        encoder = Encoders.encoderFor(Literal.mapping(mapping.type()));
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        Object source = switch (value.storageClass()) {
            case NULL -> null;
            case INTEGER -> value.integer();
            case REAL -> value.real();
            case TEXT -> new String(value.bytes(), StandardCharsets.UTF_8);
            case BLOB -> value.bytes().clone();
        };
        String text = source == null ? null : converted(source);
        if (text == null) {
            out.putNull();
            return;
        }
        ValueSlot literal = new ValueSlot();
        literal.setText(text.getBytes(StandardCharsets.UTF_8));
        encoder.encode(literal, out);
    }

    private @Nullable String converted(Object source) {
        try {
            return converter.toPostgres(source);
        } catch (RuntimeException e) {
            // Its message may repeat the value, which no message of ours does.
            throw new UnfitValueException(Misfit.Kind.REFUSED_BY_CONVERTER);
        }
    }
}
