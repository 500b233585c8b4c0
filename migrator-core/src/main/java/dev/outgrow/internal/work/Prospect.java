package dev.outgrow.internal.work;

import dev.outgrow.internal.blueprint.MadePlan;
import dev.outgrow.plan.Outlook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a run of a plan is expected to take: room and time, as the rehearsal took it, or guessed if there was none. */
public final class Prospect {
    /** Measured on two cores with the server on the same machine; a rehearsal measures the real environment. */
    private static final double FIXED_MILLIS = 1500;

    private static final double MILLIS_A_TABLE = 12;
    private static final double MILLIS_A_ROW = 0.0015;
    private static final double BYTES_A_MILLI = 60_000;

    private Prospect() {}

    /**
     * The plan with what a run of it is expected to take.
     *
     * @param sourceBytes the size of the source
     * @param target the server and database, if one was named
     */
    public static MadePlan added(MadePlan plan, MigrationOptions options, long sourceBytes, Optional<String> target) {
        double millis = FIXED_MILLIS
                + MILLIS_A_TABLE * plan.tables().size()
                + MILLIS_A_ROW * plan.rows()
                + sourceBytes / BYTES_A_MILLI;
        if (options.rehearsed() != null) {
            millis = options.rehearsed().prediction().time().toMillis();
        }
        return plan.expecting(outlook(options, sourceBytes, target, (long) millis));
    }

    /**
     * The room alone, of a run that cannot be planned yet.
     *
     * @param sourceBytes the size of the source
     */
    public static Outlook ofRoom(MigrationOptions options, long sourceBytes) {
        return outlook(options, sourceBytes, Optional.empty(), 0);
    }

    private static Outlook outlook(
            MigrationOptions options, long sourceBytes, Optional<String> target, long expectedMillis) {
        Optional<Path> backup = options.source().backupPlace(options.backup());
        return new Outlook(
                sourceBytes,
                target.orElse(null),
                backup.map(Path::toString).orElse(null),
                backup.map(Prospect::room).orElse(-1L),
                expectedMillis);
    }

    /** The free space of the folder; -1 if it is not known. An existing backup needs none. */
    private static long room(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            return folder == null ? -1 : Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }
}
