package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.encode.CopyBuffer;
import dev.outgrow.typemap.internal.encode.Encoders;
import dev.outgrow.typemap.internal.encode.UnfitValueException;
import dev.outgrow.typemap.internal.encode.ValueEncoder;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.Map;

/** Whether a mapping that somebody named holds every value: each is encoded, and the bytes are thrown away. */
final class Trial {
    /** Above this the bytes of one large value are not kept for the next. */
    private static final int SCRATCH_BYTES = 1 << 16;
    /** A NULL is a length of -1 alone. */
    private static final int NULL_BYTES = 4;

    private final TypeMapping mapping;
    private final ValueEncoder encoder;
    /** Times as text: whether numbers are times is told by their units, not by the encoder. */
    private final boolean isTextual;

    private final Tallies<Misfit.Kind> unfit = new Tallies<>(Misfit.Kind.class);
    private CopyBuffer scratch = new CopyBuffer(256);

    Trial(TypeMapping mapping) {
        this.mapping = mapping;
        encoder = Encoders.encoderFor(mapping);
        isTextual = mapping.representation() == Representation.ISO_TEXT
                || mapping.representation() == Representation.ISO_TEXT_WITH_OFFSET;
    }

    TypeMapping mapping() {
        return mapping;
    }

    /** Encodes the value, and says whether NULL came of it. */
    boolean isMadeNull(ValueSlot value, RowKey key) {
        if (isTextual && (value.storageClass() == StorageClass.INTEGER || value.storageClass() == StorageClass.REAL)) {
            return false;
        }
        try {
            encoder.encode(value, scratch);
        } catch (UnfitValueException e) {
            unfit.note(e.kind(), key);
        }
        boolean madeNull = scratch.size() == NULL_BYTES && scratch.array()[0] < 0;
        if (scratch.array().length > SCRATCH_BYTES) {
            scratch = new CopyBuffer(256);
        } else {
            scratch.clear();
        }
        return madeNull;
    }

    Map<Misfit.Kind, Evidence> unfit() {
        return unfit.evidence();
    }
}
