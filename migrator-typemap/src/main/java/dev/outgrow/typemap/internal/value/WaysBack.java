package dev.outgrow.typemap.internal.value;

import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.ValueConverter;

/** Whether values that a caller's rule converts have a way back. */
public final class WaysBack {
    private WaysBack() {}

    /**
     * Whether the result does not tell its origin: a converter without a way back, or a map that makes two texts equal.
     */
    public static boolean isOneWay(TypeMapping mapping) {
        return mapping.converter().filter(WaysBack::isOneWay).isPresent()
                || mapping.valueMap().filter(values -> !values.hasWayBack()).isPresent();
    }

    /** Whether a converter left the way back as it is declared: there is none. */
    public static boolean isOneWay(ValueConverter converter) {
        try {
            return converter.getClass().getMethod("toSqlite", String.class).getDeclaringClass() == ValueConverter.class;
        } catch (NoSuchMethodException e) {
            throw new LinkageError("ValueConverter without toSqlite", e);
        }
    }
}
