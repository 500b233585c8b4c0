package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.ValueMap;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;

/** Writes the text by which a rule replaces another, and leaves every other value to the encoder of the type. */
public final class MappedValueEncoder implements ValueEncoder {
    private final ValueMap values;
    private final ValueEncoder encoder;

    MappedValueEncoder(ValueMap values, ValueEncoder encoder) {
        this.values = values;
        this.encoder = encoder;
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        encoder.encode(replaced(values, value), out);
    }

    /** The replacement of the value: the value itself if the map names no other. */
    public static ValueSlot replaced(ValueMap values, ValueSlot value) {
        String text = value.storageClass() == StorageClass.TEXT
                ? new String(value.array(), value.start(), value.length(), StandardCharsets.UTF_8)
                : value.storageClass() == StorageClass.INTEGER ? Long.toString(value.integer()) : null;
        if (text == null) {
            return value;
        }
        return values.of(text)
                .map(other -> {
                    ValueSlot slot = new ValueSlot();
                    slot.setText(other.getBytes(StandardCharsets.UTF_8));
                    return slot;
                })
                .orElse(value);
    }
}
