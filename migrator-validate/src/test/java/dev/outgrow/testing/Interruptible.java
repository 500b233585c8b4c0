package dev.outgrow.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that hear SIGINT. A shell has what it starts in the background ignore that signal, and so does all that is started from
 * there, such as the tests of a build.
 */
public final class Interruptible {
    private static final Path STATUS = Path.of("/proc/self/status");

    /** The signals that are ignored, as a mask in hexadecimal digits. */
    private static final String IGNORED = "SigIgn:";

    /** The bit of signal 2, which is SIGINT. */
    private static final long INTERRUPT = 1L << 1;

    private Interruptible() {}

    /** The command, such that it hears SIGINT even if this process does not. */
    public static List<String> command(List<String> command) {
        List<String> all = new ArrayList<>();
        if (isDeaf()) {
            all.addAll(List.of("env", "--default-signal=INT"));
        }
        all.addAll(command);
        return all;
    }

    /** Known on Linux only. */
    private static boolean isDeaf() {
        try {
            return Files.isReadable(STATUS)
                    && Files.readAllLines(STATUS).stream()
                            .filter(line -> line.startsWith(IGNORED))
                            .mapToLong(line -> Long.parseUnsignedLong(
                                    line.substring(IGNORED.length()).strip(), 16))
                            .anyMatch(mask -> (mask & INTERRUPT) != 0);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
