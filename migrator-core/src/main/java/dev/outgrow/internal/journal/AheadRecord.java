package dev.outgrow.internal.journal;

import dev.outgrow.internal.sqlite.source.AheadFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the journal says of a copy that was made ahead of a switch. The copy is an unfinished run that has done all its steps but the
 * publication, and was compared; this stands beside those steps, and is gone as soon as anything of the copy is altered.
 *
 * @param base the file with the state of the source that was copied
 * @param shape of what was made: two plans of one shape make the same tables, and the same values of the same rows
 * @param made what the copy consists of in PostgreSQL, so that it shows if somebody alters that; empty if an earlier version did not
 *     record it
 * @param at when that state was copied and compared; empty if an earlier version did not record it
 * @param rows how many rows it has
 */
public record AheadRecord(Path base, String shape, Optional<String> made, Optional<Instant> at, long rows) {
    private static final String BASE = "ahead:base:";
    private static final String SHAPE = "ahead:shape:";
    private static final String MADE = "ahead:made:";
    private static final String AT = "ahead:at:";

    /** Of a run; empty if it is no copy that was made ahead, or not a whole one. */
    public static Optional<AheadRecord> of(Connection connection, RecordedRun run) throws SQLException {
        return run.kind() != RunKind.RUN || run.finished() || run.beingDiscarded()
                ? Optional.empty()
                : among(Journal.steps(connection, run.id()));
    }

    static Optional<AheadRecord> among(Map<String, Journal.Step> steps) {
        Optional<String> base = rest(steps.keySet(), BASE);
        Optional<String> shape = rest(steps.keySet(), SHAPE);
        if (base.isEmpty() || shape.isEmpty()) {
            return Optional.empty();
        }
        Journal.Step copied = Objects.requireNonNull(steps.get(BASE + base.get()));
        return Optional.of(new AheadRecord(
                Path.of(base.get()),
                shape.get(),
                rest(steps.keySet(), MADE),
                rest(steps.keySet(), AT).map(Instant::parse),
                copied.rows()));
    }

    private static Optional<String> rest(Set<String> steps, String begin) {
        return steps.stream()
                .filter(step -> step.startsWith(begin))
                .findFirst()
                .map(step -> step.substring(begin.length()));
    }

    /** Records that a run is such a copy, in the transaction of the connection, and that it is no other one. */
    public void write(Connection connection, RecordedRun run) throws SQLException {
        Optional<AheadRecord> before = among(Journal.steps(connection, run.id()));
        if (before.isPresent()) {
            before.get().forget(connection, run);
        }
        for (String step : steps()) {
            Journal.record(connection, run, step, step.startsWith(BASE) ? rows : 0, 0);
        }
    }

    private List<String> steps() {
        List<String> steps = new ArrayList<>(List.of(BASE + base, SHAPE + shape));
        made.ifPresent(print -> steps.add(MADE + print));
        at.ifPresent(then -> steps.add(AT + then));
        return steps;
    }

    /** Records that the run is none any more, in the transaction of the connection. */
    public void forget(Connection connection, RecordedRun run) throws SQLException {
        Journal.forget(connection, run, steps());
    }

    /** Removes the file. */
    public void removeBase() {
        AheadFile.remove(base);
    }
}
