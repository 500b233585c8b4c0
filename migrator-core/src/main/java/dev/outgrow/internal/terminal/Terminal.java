package dev.outgrow.internal.terminal;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** The terminal of the process, if it has one. */
public final class Terminal {
    private Terminal() {}

    /** Since Java 22 there is a console even without a terminal; then it says so itself. */
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isThere() {
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /**
     * Asks a person for a secret.
     *
     * @param prompt what the person sees
     * @return null if there is no terminal, or nothing was typed
     */
    @SuppressWarnings("SystemConsoleNull")
    public static char @Nullable [] secret(String prompt) {
        Console console = System.console();
        return console != null && isTerminal(console) ? console.readPassword("%s", prompt) : null;
    }

    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
