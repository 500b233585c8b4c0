package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms in which the values of some type can be written. */
interface Writing {
    /** The form of a value, which tells it from others by {@code equals}; null if it tells nothing. */
    @Nullable
    Object of(ValueSlot value);

    /** Writes a value, which stands in the one form that the mapping writes back, as most of those were that were seen. */
    void write(Map<Object, long[]> seen, ValueSlot value);

    /** How many of the forms that were seen are not one library's. */
    default int distinct(Map<Object, long[]> seen) {
        return seen.size();
    }
}
