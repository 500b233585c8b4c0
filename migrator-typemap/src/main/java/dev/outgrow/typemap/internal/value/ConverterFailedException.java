package dev.outgrow.typemap.internal.value;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A caller's own converter threw. Its message is repeated unless it reveals the value. */
public final class ConverterFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MOST_LETTERS = 200;
    /** Shorter parts of a value may occur in any sentence. */
    private static final int LEAST_LETTERS = 3;

    private final String converter;
    private final String said;

    ConverterFailedException(
            String converter, String column, String method, Throwable thrown, @Nullable Object... values) {
        super(
                "The converter " + converter + (column.isEmpty() ? "" : " of column " + column) + " failed in " + method
                        + ": " + said(thrown, values) + ".",
                thrown);
        this.converter = converter;
        said = said(thrown, values);
    }

    /** The converter's class. */
    public String converter() {
        return converter;
    }

    /** The class of what was thrown, and its message. */
    public String said() {
        return said;
    }

    /** The message of what was thrown, or its class alone if the message repeats a part of one of the values. */
    private static String said(Throwable thrown, @Nullable Object... values) {
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
