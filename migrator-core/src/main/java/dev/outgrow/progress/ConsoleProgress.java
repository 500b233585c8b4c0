package dev.outgrow.progress;

import dev.outgrow.internal.terminal.Terminal;
import dev.outgrow.report.Phase;
import dev.outgrow.typemap.internal.text.Amount;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Shows a migration's progress on a terminal, in one line that is redrawn. If the stream is not a terminal, it prints a
 * plain line every few seconds instead. Safe for use by several threads.
 *
 * <pre>{@code
 * migration.listener(ConsoleProgress.to(System.err)).run();
 * }</pre>
 */
public final class ConsoleProgress implements MigrationListener {
    private static final int COLUMNS = 79;
    private static final int BAR = 12;
    private static final String WRAP_OFF = "\033[?7l";
    private static final String WRAP_ON = "\033[?7h";
    private static final Duration PLAIN_PAUSE = Duration.ofSeconds(5);

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private double whole;
    private long lastPlain;
    private boolean drawn;

    ConsoleProgress(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.lastPlain = nanoTime.getAsLong() - PLAIN_PAUSE.toNanos();
    }

    /**
     * Progress to a stream.
     *
     * @param out such as {@code System.err}; treated as a terminal if it is one of the process's own streams and the
     *     process has a terminal
     */
    public static ConsoleProgress to(PrintStream out) {
        Objects.requireNonNull(out, "out");
        boolean own = out == System.out || out == System.err;
        boolean capable = !"dumb".equals(System.getenv("TERM")) && System.getenv("TERM") != null;
        return new ConsoleProgress(out, own && capable && Terminal.isThere(), System::nanoTime);
    }

    @Override
    public synchronized void phaseStarted(PhaseStarted event) {
        show(words(event.phase()), "", true);
    }

    @Override
    public synchronized void stepStarted(StepStarted event) {
        whole = Math.max(whole, event.whole());
        show(words(event.phase()), event.what() + ", " + event.number() + " of " + event.steps(), false);
    }

    @Override
    public synchronized void progressed(Progressed event) {
        whole = Math.max(whole, event.whole());
        if (event.whole() >= 1) {
            show("done", Amount.of(event.tablesTotal(), "table") + ", " + Amount.of(event.rows(), "row"), true);
            return;
        }
        StringBuilder text = new StringBuilder();
        if (event.tablesTotal() > 0) {
            text.append("table ")
                    .append(event.tables())
                    .append(" of ")
                    .append(event.tablesTotal())
                    .append(", ");
        }
        // The least important comes last, since a narrow terminal cuts it off.
        event.left().ifPresent(left -> text.append(clock(left)).append(" left, "));
        text.append(Amount.of(event.rows(), "row"));
        long millis = event.elapsed().toMillis();
        if (millis >= 1000) {
            text.append(", ").append(Amount.count(event.rows() * 1000 / millis)).append("/s");
        }
        show(words(event.phase()), text.toString(), false);
    }

    @Override
    public synchronized void waiting(Waiting event) {
        show(
                "waiting",
                "for " + event.forWhom() + ": " + clock(event.waited()) + " of at most " + clock(event.atMost()),
                false);
    }

    private void show(String phase, String text, boolean begin) {
        if (terminal) {
            draw(phase, text);
            return;
        }
        long now = nanoTime.getAsLong();
        if (begin || now - lastPlain >= PLAIN_PAUSE.toNanos()) {
            lastPlain = now;
            out.println(percent() + "  " + phase + (text.isEmpty() ? "" : ": " + text));
        }
    }

    /**
     * Draws over the current line. A wrapped line cannot be drawn over, so it is cut, and a narrower terminal is told
     * not to wrap it.
     */
    private void draw(String phase, String text) {
        int full = (int) (whole * BAR);
        String line = "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + percent() + " " + phase
                + (text.isEmpty() ? "" : ": " + text);
        out.print("\r" + WRAP_OFF + fitting(line) + "\033[K" + WRAP_ON);
        out.flush();
        drawn = true;
    }

    /** As much of the line as there is room for; a number is shown whole or not at all. */
    private static String fitting(String line) {
        if (line.length() <= COLUMNS) {
            return line;
        }
        int end = line.lastIndexOf(", ", COLUMNS);
        return line.substring(0, end > 0 ? end : COLUMNS);
    }

    /** Ends the drawn line, so that the app's next output begins on a line of its own. */
    public synchronized void finish() {
        if (drawn) {
            out.println();
            drawn = false;
        }
    }

    private String percent() {
        return String.format(Locale.ROOT, "%3d %%", (int) (whole * 100));
    }

    private static String words(Phase phase) {
        return phase.words();
    }

    private static String clock(Duration time) {
        return time.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
