package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.ValueConverter;
import dev.outgrow.typemap.internal.value.Literal;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;

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
        String text = ConvertedText.of(converter, value);
        if (text == null) {
            out.putNull();
            return;
        }
        ValueSlot literal = new ValueSlot();
        literal.setText(text.getBytes(StandardCharsets.UTF_8));
        encoder.encode(literal, out);
    }
}
