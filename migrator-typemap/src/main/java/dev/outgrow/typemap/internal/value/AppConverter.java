package dev.outgrow.typemap.internal.value;

import dev.outgrow.typemap.ValueConverter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A caller's own converter, called defensively: whatever it throws becomes one kind of failure, which names the
 * converter.
 */
public final class AppConverter {
    private final ValueConverter converter;
    private final String column;

    public AppConverter(ValueConverter converter) {
        this(converter, "");
    }

    /**
     * A converter.
     *
     * @param column the column whose values it converts, as messages name it; empty if it is named elsewhere
     */
    public AppConverter(ValueConverter converter, String column) {
        this.converter = converter;
        this.column = column;
    }

    /**
     * The text for PostgreSQL; null for NULL.
     *
     * @throws ConverterFailedException if the converter throws
     */
    public @Nullable String toPostgres(ValueSlot value) {
        Object source = source(value);
        if (source == null) {
            return null;
        }
        try {
            return converter.toPostgres(source);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            throw new ConverterFailedException(name(), column, "toPostgres", e, source);
        }
    }

    /**
     * The value for SQLite again.
     *
     * @param text as PostgreSQL prints the value
     * @return false if there is no way back
     * @throws ConverterFailedException if the converter throws, or gives what SQLite cannot hold
     */
    public boolean toSqlite(String text, ValueSlot into) {
        try {
            @SuppressWarnings({"NullAway", "NullableOptional"}) // A caller's code may give null all the same.
            @Nullable
            Optional<Object> value = converter.toSqlite(text);
            if (value == null) {
                throw new IllegalStateException("it gave null instead of an Optional");
            }
            value.ifPresent(present -> set(present, into));
            return value.isPresent();
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            throw new ConverterFailedException(name(), column, "toSqlite", e, text);
        }
    }

    /** The class of the converter as a person calls it. */
    public String name() {
        Class<?> type = converter.getClass();
        String name = type.getName();
        String simple = name.substring(name.lastIndexOf('.') + 1);
        int lambda = simple.indexOf("$$");
        return lambda > 0 ? "a lambda of " + simple.substring(0, lambda).replace('$', '.') : simple.replace('$', '.');
    }

    /** The value as a converter takes it; null for NULL. */
    public static @Nullable Object source(ValueSlot value) {
        return switch (value.storageClass()) {
            case NULL -> null;
            case INTEGER -> value.integer();
            case REAL -> value.real();
            case TEXT -> new String(value.bytes(), StandardCharsets.UTF_8);
            case BLOB -> value.bytes().clone();
        };
    }

    private static void set(Object value, ValueSlot into) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            into.setInteger(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            into.setReal(((Number) value).doubleValue());
        } else if (value instanceof byte[] blob) {
            into.setBlob(blob);
        } else if (value instanceof CharSequence text) {
            into.setText(text.toString().getBytes(StandardCharsets.UTF_8));
        } else {
            throw new IllegalStateException("it gave a " + value.getClass().getSimpleName()
                    + " instead of a Long, a Double, a String or a byte[]");
        }
    }
}
