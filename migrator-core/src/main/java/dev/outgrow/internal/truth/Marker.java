package dev.outgrow.internal.truth;

import com.google.common.collect.ImmutableList;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the marker beside a SQLite file says. It holds no secret.
 *
 * @param format the number of this format
 * @param readMe for a person who opens it
 * @param happened what happened last
 * @param at when, in ISO-8601
 * @param migrationId the id that the journal's events have, too
 * @param round how often the application has begun to switch
 * @param database the file that held the data then; after the way back, the one that holds it now
 * @param target the PostgreSQL server and database, without user and password
 * @param schema the schema there
 * @param backup the copy of the file as it was migrated; null if there is none yet
 * @param outline of the file as it was migrated, or as it was later found unchanged; null if it is not known
 * @param permissions of the file before it was sealed; null if it is not sealed
 */
public record Marker(
        int format,
        List<String> readMe,
        Happening happened,
        String at,
        String migrationId,
        int round,
        String database,
        String target,
        String schema,
        @Nullable String backup,
        @Nullable String outline,
        @Nullable String permissions) {
    /** The format that this version of the library writes. */
    public static final int FORMAT = 1;

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    public Marker {
        Objects.requireNonNull(happened, "happened");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(migrationId, "migrationId");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(schema, "schema");
        readMe = ImmutableList.copyOf(readMe);
        Instant.parse(at);
    }

    /** Where the data is, as messages name it. */
    String where() {
        return target + ", schema " + schema;
    }

    /** When it happened. */
    public Instant instant() {
        return Instant.parse(at);
    }

    /** The permissions before the seal; empty if there is none. */
    public Optional<String> seal() {
        return Optional.ofNullable(permissions);
    }

    /** The marker of a file that was checked and holds what was migrated. */
    Marker seen(String withOutline) {
        return new Marker(
                format,
                readMe,
                happened,
                at,
                migrationId,
                round,
                database,
                target,
                schema,
                backup,
                withOutline,
                permissions);
    }

    /**
     * The marker of a file that was sealed or unsealed.
     *
     * @param before the file's former permissions; null if it is not sealed
     */
    public Marker sealed(@Nullable String before) {
        return new Marker(
                FORMAT, readMe, happened, at, migrationId, round, database, target, schema, backup, outline, before);
    }

    public String toJson() {
        return GSON.toJson(this) + "\n";
    }

    /**
     * What {@link #toJson()} wrote.
     *
     * @return empty if it is something else, or of a newer format
     */
    static Optional<Marker> fromJson(String json) {
        try {
            Marker marker = GSON.fromJson(json, Marker.class);
            return Optional.ofNullable(marker).filter(read -> read.format >= 1 && read.format <= FORMAT);
        } catch (RuntimeException notAMarker) {
            return Optional.empty();
        }
    }
}
