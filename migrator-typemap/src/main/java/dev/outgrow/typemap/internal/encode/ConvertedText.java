package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.ValueConverter;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a caller's own converter makes of a value, and what it says where it makes nothing of it. */
public final class ConvertedText {
    private static final int MOST_LETTERS = 200;
    /** Parts of a value that are shorter may stand in any sentence. */
    private static final int LEAST_LETTERS = 3;

    private ConvertedText() {}

    /**
     * The text for PostgreSQL; null for NULL.
     *
     * @throws UnfitValueException where the converter throws
     */
    public static @Nullable String of(ValueConverter converter, ValueSlot value) {
        Object source = source(value);
        if (source == null) {
            return null;
        }
        try {
            return converter.toPostgres(source);
        } catch (RuntimeException e) {
            throw new UnfitValueException(Misfit.Kind.REFUSED_BY_CONVERTER, said(e, source));
        }
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

    /** The message of what was thrown, or its class alone where the message repeats a part of one of the values. */
    public static String said(RuntimeException thrown, @Nullable Object... values) {
        String message = thrown.getMessage();
        String name = thrown.getClass().getSimpleName();
        if (message == null || message.isBlank() || message.length() > MOST_LETTERS) {
            return name;
        }
        for (Object value : values) {
            if (value == null || value instanceof byte[] || repeats(message, value.toString())) {
                return name;
            }
        }
        return name + ": " + message.strip().replaceAll("\\s+", " ");
    }

    private static boolean repeats(String message, String value) {
        if (!value.isBlank() && message.contains(value.strip())) {
            return true;
        }
        for (String part : value.split("[^\\p{L}\\p{N}]+", -1)) {
            if (part.length() >= LEAST_LETTERS && message.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
