package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms in which the values of some type can be written. */
interface Writing {
    /** The form of a value, comparable by {@code equals}; null if the value shows none. */
    @Nullable
    Object of(ValueSlot value);

    /** Whether values of a storage class all have one form. */
    default boolean isShownBy(StorageClass storageClass) {
        return storageClass != StorageClass.TEXT;
    }

    /** Whether {@link #write} also gives a form to the values of a column that has none yet. */
    default boolean hasDefault() {
        return false;
    }

    /** Writes a value, given in the mapping's own form, in the most common form that was seen. */
    void write(Map<Object, long[]> seen, ValueSlot value);

    /** Whether {@link #write} never changes a value of a storage class; true only if that is certain. */
    boolean keeps(Map<Object, long[]> seen, StorageClass storageClass);

    /** How many of the seen forms do not come from the same library. */
    default int distinct(Map<Object, long[]> seen) {
        return seen.size();
    }
}
