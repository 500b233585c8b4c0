package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** There is one form. */
final class OneWriting implements Writing {
    @Override
    public @Nullable Object of(ValueSlot value) {
        return null;
    }

    @Override
    public void write(Map<Object, long[]> seen, ValueSlot value) {
        // It has that form already.
    }

    @Override
    public boolean keeps(Map<Object, long[]> seen, StorageClass storageClass) {
        return true;
    }
}
