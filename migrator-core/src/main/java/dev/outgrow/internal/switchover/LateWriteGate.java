package dev.outgrow.internal.switchover;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.outgrow.exception.Reason;
import dev.outgrow.exception.WrongDatabaseException;
import dev.outgrow.internal.late.LateWriteSearch;
import dev.outgrow.internal.notice.Globs;
import dev.outgrow.internal.truth.Claim;
import dev.outgrow.internal.truth.Marker;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.switchover.LateWrites;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Lets an application start only if nothing was written late, or if the caller accepts the loss of what was. */
final class LateWriteGate {
    /** The glob that accepts a change of the schema, or writes that cannot be identified. */
    static final String SCHEMA = "sqlite_schema";

    private final MigrationOptions options;
    private final Path file;
    private final Globs accepted;

    LateWriteGate(MigrationOptions options, Path file, Globs accepted) {
        this.options = options;
        this.file = file;
        this.accepted = accepted;
    }

    /** What was written late, accepted or not. */
    LateWrites writes(Claim claim, Optional<Marker> marker) {
        Optional<String> known = marker.filter(says -> says.migrationId().equals(claim.migrationId()))
                // A server that was restored from before late writes were carried over holds an older state than the
                // marker saw.
                .filter(says -> Objects.equals(says.backup(), claim.frozen().backup()))
                .flatMap(says -> Optional.ofNullable(says.outline()));
        return new LateWriteSearch(options, file).since(claim.frozen(), known);
    }

    /** Whether the caller has accepted all of it. */
    boolean accepts(LateWrites writes) {
        boolean schema = writes.schemaChanged() || !writes.compared();
        return (!schema || accepted.matches(SCHEMA))
                && writes.tables().stream().allMatch(table -> accepted.matches(table.table()));
    }

    /**
     * Passes or refuses.
     *
     * @return true if nothing was written late; false if what was written is accepted
     * @throws WrongDatabaseException {@code LATE_WRITES}
     */
    @CanIgnoreReturnValue
    boolean pass(Claim claim, Optional<Marker> marker) {
        LateWrites writes = writes(claim, marker);
        if (!accepts(writes)) {
            throw refusal(claim, writes);
        }
        return writes.isEmpty();
    }

    WrongDatabaseException refusal(Claim claim, LateWrites writes) {
        return new WrongDatabaseException(
                Reason.LATE_WRITES,
                file + " was written to after it had been frozen for PostgreSQL (migration " + claim.migrationId()
                        + "): " + writes + ".",
                (writes.compared() && !writes.schemaChanged()
                                ? "stop whoever still writes to the file, then call carryLateWrites(): it brings them over if"
                                        + " PostgreSQL still has what was migrated. "
                                : "stop whoever still writes to the file. ")
                        + "To leave them behind, say .acceptLateWrites(\""
                        + (writes.tables().isEmpty()
                                ? SCHEMA
                                : writes.tables().get(0).table()) + "\", …).",
                writes,
                null);
    }
}
