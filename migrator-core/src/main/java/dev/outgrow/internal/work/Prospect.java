package dev.outgrow.internal.work;

import dev.outgrow.internal.plan.MadePlan;
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
        Optional<Path> backup = options.source().backupPlace(options.backup());
        double millis = FIXED_MILLIS
                + MILLIS_A_TABLE * plan.tables().size()
                + MILLIS_A_ROW * plan.rows()
                + sourceBytes / BYTES_A_MILLI;
        if (options.rehearsed() != null) {
            millis = options.rehearsed().prediction().time().toMillis();
        }
        return plan.expecting(new Outlook(
                sourceBytes,
                target.orElse(null),
                backup.map(Path::toString).orElse(null),
                backup.map(Prospect::room).orElse(-1L),
                (long) millis));
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
