package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.encode.CopyBuffer;
import dev.outgrow.typemap.internal.encode.Encoders;
import dev.outgrow.typemap.internal.encode.UnfitValueException;
import dev.outgrow.typemap.internal.encode.ValueEncoder;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tries whether a given mapping holds every value: each is encoded, and the bytes are thrown away. */
public class Trial {
    /** Above this size the buffer of a large value is not kept for the next one. */
    private static final int SCRATCH_BYTES = 1 << 16;
    /** A NULL is a length of -1 alone. */
    private static final int NULL_BYTES = 4;

    private final TypeMapping mapping;
    private final ValueEncoder encoder;
    /** Times as text: whether numbers are times is decided by their units, not by the encoder. */
    private final boolean isTextual;

    private final Tallies<Misfit.Kind> unfit = new Tallies<>(Misfit.Kind.class);
    private @Nullable String refusal;
    private CopyBuffer scratch = new CopyBuffer(256);

    Trial(TypeMapping mapping, boolean infiniteNumeric) {
        this.mapping = mapping;
        encoder = Encoders.encoderFor(mapping, infiniteNumeric);
        isTextual = mapping.representation().isIsoText();
    }

    /**
     * A trial of a mapping.
     *
     * @param infiniteNumeric whether the {@code numeric} of the target holds infinities
     * @param wayBack what proves the way back of a converter of the caller's own
     */
    public static Trial of(TypeMapping mapping, boolean infiniteNumeric, ComingBack wayBack) {
        return mapping.converter()
                .<Trial>map(converter -> new ConverterTrial(mapping, infiniteNumeric, converter, wayBack))
                .orElseGet(() -> new Trial(mapping, infiniteNumeric));
    }

    TypeMapping mapping() {
        return mapping;
    }

    /** Encodes the value, and notes the result. */
    void accept(ValueSlot value, Tests.Notes notes, RowKey key) {
        if (isTextual && (value.storageClass() == StorageClass.INTEGER || value.storageClass() == StorageClass.REAL)) {
            return;
        }
        try {
            encoder.encode(value, scratch);
            encoded(value, scratch, notes, key);
        } catch (UnfitValueException e) {
            unfit.note(e.kind(), key);
            refusal = refusal == null ? e.said().orElse(null) : refusal;
        }
        if (scratch.array().length > SCRATCH_BYTES) {
            scratch = new CopyBuffer(256);
        } else {
            scratch.clear();
        }
    }

    /** Looks at what became of a value that fits. */
    void encoded(ValueSlot value, CopyBuffer field, Tests.Notes notes, RowKey key) {
        if (isNull(field)) {
            notes.note(Trait.MADE_NULL, key);
        }
    }

    static boolean isNull(CopyBuffer field) {
        return field.size() == NULL_BYTES && field.array()[0] < 0;
    }

    Map<Misfit.Kind, Evidence> unfit() {
        return unfit.evidence();
    }

    /** What a converter said when it refused the first of its values, if that does not repeat the value. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }
}
