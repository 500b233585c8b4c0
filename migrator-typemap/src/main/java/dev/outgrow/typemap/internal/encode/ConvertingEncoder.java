package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.ValueConverter;
import dev.outgrow.typemap.internal.value.AppConverter;
import dev.outgrow.typemap.internal.value.ConverterFailedException;
import dev.outgrow.typemap.internal.value.Literal;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;

/** Writes what a caller's own converter makes of a value. */
final class ConvertingEncoder implements ValueEncoder {
    private final AppConverter converter;
    private final ValueEncoder encoder;

    /**
     * An encoder.
     *
     * @param infiniteNumeric whether what the converter makes for a {@code numeric} may be infinite
     */
    ConvertingEncoder(TypeMapping mapping, ValueConverter converter, boolean infiniteNumeric) {
        this.converter = new AppConverter(converter);
        TypeMapping literal = Literal.mapping(mapping.type().carrier().orElse(mapping.type()));
        encoder = mapping.type().kind() == PgType.Kind.INTERVAL
                ? new IntervalEncoder(literal, true)
                : Encoders.encoderFor(literal, infiniteNumeric);
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        String text;
        try {
            text = converter.toPostgres(value);
        } catch (ConverterFailedException e) {
            throw new UnfitValueException(Misfit.Kind.REFUSED_BY_CONVERTER, e.converter() + ", " + e.said());
        }
        if (text == null) {
            out.putNull();
            return;
        }
        ValueSlot literal = new ValueSlot();
        literal.setText(text.getBytes(StandardCharsets.UTF_8));
        try {
            encoder.encode(literal, out);
        } catch (UnfitValueException e) {
            throw new UnfitValueException(
                    Misfit.Kind.UNREAD_FROM_CONVERTER,
                    converter.name() + ", " + e.kind().phrase());
        }
    }
}
