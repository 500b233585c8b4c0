package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.ValueMap;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;

/**
 * Texts that a rule replaces. The result of exactly one text goes back to it; the common result of several stays as it
 * is. A text that can never arrive, because it is replaced, is shown as bytes, so that it equals nothing.
 */
final class MappedValueProof implements ValueProof {
    private final ValueMap values;
    private final TypeProof proof;
    private final ValueSlot meant = new ValueSlot();
    private final ValueSlot back = new ValueSlot();

    MappedValueProof(ValueMap values, TypeProof proof) {
        this.values = values;
        this.proof = proof;
    }

    @Override
    public Outcome compare(ValueSlot source, byte[] target, int offset, int length) {
        Outcome outcome = proof.compare(meant(source), target, offset, length);
        if (outcome == Outcome.DIFFERENT) {
            return outcome;
        }
        writeBack(target, offset, length, back);
        return Wire.same(source, back) ? Outcome.EQUAL : Outcome.NORMALISED;
    }

    @Override
    public void writeBack(byte[] target, int offset, int length, ValueSlot into) {
        proof.writeBack(target, offset, length, into);
        back(into);
    }

    @Override
    public Outcome canonical(ValueSlot source, ValueSlot into) {
        if (proof.canonical(meant(source), into) == Outcome.DIFFERENT) {
            Wire.copy(source, into);
            return Outcome.DIFFERENT;
        }
        back(into);
        return Wire.same(source, into) ? Outcome.EQUAL : Outcome.NORMALISED;
    }

    private ValueSlot meant(ValueSlot source) {
        String text = switch (source.storageClass()) {
            case TEXT -> new String(source.bytes(), StandardCharsets.UTF_8);
            case INTEGER -> String.valueOf(source.integer());
            case NULL, REAL, BLOB -> "";
        };
        boolean named = source.storageClass() == StorageClass.TEXT || source.storageClass() == StorageClass.INTEGER;
        if (!named || values.of(text).isEmpty()) {
            return source;
        }
        meant.setText(values.of(text).get().getBytes(StandardCharsets.UTF_8));
        return meant;
    }

    private void back(ValueSlot value) {
        if (value.storageClass() != StorageClass.TEXT) {
            return;
        }
        String text = new String(value.bytes(), StandardCharsets.UTF_8);
        if (values.neverArrives(text)) {
            value.setBlob(value.bytes());
        } else {
            values.back(text).ifPresent(from -> value.setText(from.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
