package dev.outgrow.internal.truth;

import com.google.common.collect.ImmutableList;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.outgrow.internal.work.KeptCensus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a SQLite file that was migrated, as an event of the journal holds it, to recognise later changes.
 *
 * @param schema the schema of the target that received it
 * @param database the path of the file
 * @param fingerprint of its pages
 * @param outline of its header and sizes, for a quick comparison; null if nobody froze it
 * @param backup the copy of it; null if there is none
 * @param round how often the application has begun to switch
 * @param run the number of the run in the journal
 * @param views the published views and sequences, which no report lists
 * @param shape the tables of the schema with the types of their columns at publication; null if that was not recorded
 * @param seen the snapshot of PostgreSQL that the way back carried, as {@code txid_current_snapshot()} prints it; null
 *     before the way back
 * @param census what the run counted in the rows of that fingerprint, as {@link KeptCensus} writes it; null if that is not known
 */
public record Frozen(
        String schema,
        String database,
        String fingerprint,
        @Nullable String outline,
        @Nullable String backup,
        int round,
        long run,
        List<String> views,
        @Nullable Map<String, Map<String, String>> shape,
        @Nullable String seen,
        @Nullable String census) {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    public Frozen {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(fingerprint, "fingerprint");
        views = ImmutableList.copyOf(views);
    }

    /** The state of a frozen file that is about to be read. */
    public static Frozen begun(String schema, String database, String outline, int round) {
        return new Frozen(schema, database, "", outline, null, round, 0, List.of(), null, null, null);
    }

    /** The state of a file that a run has read and published. */
    Frozen published(
            long byRun,
            String withFingerprint,
            @Nullable String withBackup,
            List<String> withViews,
            Map<String, Map<String, String>> withShape,
            @Nullable String withCensus) {
        return new Frozen(
                schema,
                database,
                withFingerprint,
                outline,
                withBackup,
                round,
                byRun,
                withViews,
                withShape,
                null,
                withCensus);
    }

    /** The state of the file after late writes were carried over, in which nobody has counted. */
    public Frozen carried(String withFingerprint, String withOutline, @Nullable String withBackup) {
        return new Frozen(
                schema, database, withFingerprint, withOutline, withBackup, round, run, views, shape, null, null);
    }

    /** The state of the file that the way back made, which holds the data from then on. */
    public Frozen back(Path newFile, String withFingerprint, String withOutline, String withSeen) {
        return new Frozen(
                schema,
                newFile.toString(),
                withFingerprint,
                withOutline,
                backup,
                round,
                run,
                views,
                shape,
                withSeen,
                null);
    }

    /** The copy, if it is still there. */
    public Optional<Path> backupFile() {
        return Optional.ofNullable(backup).map(Path::of).filter(Files::isRegularFile);
    }

    /** What the run counted in the rows of the backup, if that is known. */
    public Optional<KeptCensus> counted() {
        return Optional.ofNullable(census).flatMap(KeptCensus::read);
    }

    String toJson() {
        return GSON.toJson(this);
    }

    /** Reads what {@link #toJson()} wrote; empty for an event with another kind of detail. */
    static Optional<Frozen> fromJson(String json) {
        try {
            return Optional.ofNullable(GSON.fromJson(json, Frozen.class));
        } catch (RuntimeException ofAnotherKind) {
            return Optional.empty();
        }
    }
}
