package dev.outgrow.progress;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether the process talks to a terminal. */
final class Terminal {
    private Terminal() {}

    /** From Java 22 on there is a console even where there is no terminal; then it says so itself. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
