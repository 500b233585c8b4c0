package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.ValueConverter;
import dev.outgrow.typemap.internal.encode.CopyBuffer;
import dev.outgrow.typemap.internal.encode.UnfitValueException;
import dev.outgrow.typemap.internal.value.AppConverter;
import dev.outgrow.typemap.internal.value.ConverterFailedException;
import dev.outgrow.typemap.internal.value.Literal;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.typemap.internal.value.WaysBack;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tries the caller's converter in both directions. */
final class ConverterTrial extends Trial {
    /** A field begins with its length. */
    private static final int LENGTH_BYTES = 4;

    private final AppConverter converter;
    private final ComingBack wayBack;
    private final boolean oneWay;
    private final TypeMapping literal;
    private @Nullable Tests ofText;

    ConverterTrial(TypeMapping mapping, boolean infiniteNumeric, ValueConverter converter, ComingBack wayBack) {
        super(mapping, infiniteNumeric);
        this.converter = new AppConverter(converter);
        this.wayBack = wayBack;
        oneWay = WaysBack.isOneWay(converter);
        literal = Literal.mapping(mapping.type());
    }

    @Override
    void encoded(ValueSlot value, CopyBuffer field, Tests.Notes notes, RowKey key) {
        super.encoded(value, field, notes, key);
        if (isNull(field)) {
            return;
        }
        String text;
        try {
            text = converter.toPostgres(value);
        } catch (ConverterFailedException e) {
            throw new UnfitValueException(Misfit.Kind.REFUSED_BY_CONVERTER, e.converter() + ", " + e.said());
        }
        if (text == null) {
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ofText = ofText == null ? digitTests(notes) : ofText;
        ofText.text(bytes, 0, bytes.length, key);
        try {
            if (!oneWay && !wayBack.isSame(value, field.array(), LENGTH_BYTES, field.size() - LENGTH_BYTES)) {
                notes.note(Trait.CONVERTED_OTHERWISE, key);
            }
        } catch (ConverterFailedException e) {
            throw new UnfitValueException(Misfit.Kind.NO_WAY_BACK, e.converter() + ", " + e.said());
        }
    }

    /** Whether the converter's result has more digits of a second than the type keeps. */
    private Tests digitTests(Tests.Notes notes) {
        Tests.Notes digits = (trait, key) -> {
            if (trait == Trait.BEYOND_MICROSECOND || trait == Trait.ROLLED_OVER) {
                notes.note(trait, key);
            }
        };
        PgType.Kind kind = literal.type().kind();
        return kind == PgType.Kind.INTERVAL
                ? new IntervalTests(literal, digits)
                : kind.isTemporal() ? new TimeTests(literal, null, digits) : new Tests();
    }
}
