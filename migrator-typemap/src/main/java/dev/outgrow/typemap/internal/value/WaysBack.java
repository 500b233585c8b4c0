package dev.outgrow.typemap.internal.value;

import dev.outgrow.typemap.ValueConverter;

/** Whether converters of a caller's own have a way back. */
public final class WaysBack {
    private WaysBack() {}

    /** Whether a converter left the way back as it is declared: there is none. */
    public static boolean isOneWay(ValueConverter converter) {
        try {
            return converter.getClass().getMethod("toSqlite", String.class).getDeclaringClass() == ValueConverter.class;
        } catch (NoSuchMethodException e) {
            throw new LinkageError("ValueConverter without toSqlite", e);
        }
    }
}
