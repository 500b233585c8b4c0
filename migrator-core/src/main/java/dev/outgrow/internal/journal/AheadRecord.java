package dev.outgrow.internal.journal;

import dev.outgrow.internal.sqlite.source.AheadFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the journal says of a copy that was made ahead of a switch. The copy is an unfinished run that has done all its steps but the
 * publication, and was compared; this stands beside those steps, and is gone as soon as anything of the copy is altered.
 *
 * @param base the file with the state of the source that was copied
 * @param shape of what was made: two plans of one shape make the same tables, and the same values of the same rows
 */
public record AheadRecord(Path base, String shape) {
    private static final String BASE = "ahead:base:";
    private static final String SHAPE = "ahead:shape:";

    /** Of a run; empty if it is no copy that was made ahead, or not a whole one. */
    public static Optional<AheadRecord> of(Connection connection, RecordedRun run) throws SQLException {
        return run.kind() != RunKind.RUN || run.finished() || run.beingDiscarded()
                ? Optional.empty()
                : among(Journal.steps(connection, run.id()).keySet());
    }

    static Optional<AheadRecord> among(Set<String> steps) {
        Optional<String> base = rest(steps, BASE);
        Optional<String> shape = rest(steps, SHAPE);
        return base.isPresent() && shape.isPresent()
                ? Optional.of(new AheadRecord(Path.of(base.get()), shape.get()))
                : Optional.empty();
    }

    private static Optional<String> rest(Set<String> steps, String begin) {
        return steps.stream()
                .filter(step -> step.startsWith(begin))
                .findFirst()
                .map(step -> step.substring(begin.length()));
    }

    /** Records that a run is such a copy, in the transaction of the connection, and that it is no other one. */
    public void write(Connection connection, RecordedRun run) throws SQLException {
        Optional<AheadRecord> before = among(Journal.steps(connection, run.id()).keySet());
        if (before.isPresent()) {
            before.get().forget(connection, run);
        }
        Journal.record(connection, run, BASE + base, 0, 0);
        Journal.record(connection, run, SHAPE + shape, 0, 0);
    }

    /** Records that the run is none any more, in the transaction of the connection. */
    public void forget(Connection connection, RecordedRun run) throws SQLException {
        Journal.forget(connection, run, List.of(BASE + base, SHAPE + shape));
    }

    /** Removes the file. */
    public void removeBase() {
        AheadFile.remove(base);
    }
}
