package dev.outgrow.internal.switchover;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.journal.Event;
import dev.outgrow.internal.journal.Events;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.truth.Claim;
import dev.outgrow.internal.truth.MarkerFile;
import dev.outgrow.report.MigrationReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives what the journal and the marker know about a migration, so that it can be looked up when both are gone. */
final class Retirement {
    private static final String RUNS = """
            SELECT id, coalesce(to_jsonb(r) ->> 'kind', 'run'), started_at::text, finished_at::text, report
              FROM outgrow.run r WHERE target_schema = '%s' ORDER BY id""";

    private final PgServer server;
    private final Path file;
    private final MarkerFile marker;

    Retirement(PgServer server, Path file, MarkerFile marker) {
        this.server = server;
        this.file = file;
        this.marker = marker;
    }

    /**
     * Writes the archive beside the backup, or beside the file if there is no backup.
     *
     * @return the zip
     */
    Path archive(Claim claim) {
        Map<String, String> entries = entries(claim);
        Path beside = claim.frozen().backupFile().orElse(file);
        String name = file.getFileName() + ".outgrow-archive";
        try {
            Path archive = free(beside.resolveSibling(name + ".zip"), name);
            Path unfinished = archive.resolveSibling(archive.getFileName() + ".new");
            write(unfinished, entries);
            Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
            return archive;
        } catch (IOException e) {
            throw new MigrationException(
                    Reason.BACKUP_FAILED,
                    "The archive " + name + ".zip cannot be written beside " + beside + ": "
                            + e.getClass().getSimpleName() + ".",
                    "let the process write to that folder, then call retire() again.",
                    e);
        }
    }

    /** An archive of an earlier round stays. */
    private static Path free(Path wanted, String name) {
        Path free = wanted;
        for (int number = 2; Files.exists(free); number++) {
            free = wanted.resolveSibling(name + "-" + number + ".zip");
        }
        return free;
    }

    private static void write(Path zip, Map<String, String> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream archive = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                archive.putNextEntry(new ZipEntry(entry.getKey()));
                archive.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                archive.closeEntry();
            }
        }
    }

    private Map<String, String> entries(Claim claim) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("what-is-final.txt", words(claim));
        try (Connection connection = server.open()) {
            JsonArray events = new JsonArray();
            for (Event event : Events.all(connection)) {
                JsonObject line = new JsonObject();
                line.addProperty("migrationId", event.migrationId());
                line.addProperty("event", event.name());
                line.addProperty("at", event.happenedAt().toString());
                event.detail().ifPresent(detail -> line.addProperty("detail", detail));
                events.add(line);
            }
            entries.put(
                    "events.json",
                    new GsonBuilder().setPrettyPrinting().create().toJson(events));
            runs(connection, claim.frozen().schema(), entries);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "reading the journal");
        }
        marker.read().ifPresent(says -> entries.put("marker.json", says.toJson()));
        return entries;
    }

    /** A run's report also tells the plan: its fingerprint, its notices and what was accepted. */
    private static void runs(Connection connection, String schema, Map<String, String> entries) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(RUNS.formatted(schema.replace("'", "''")))) {
            while (rows.next()) {
                String name = rows.getString(2) + "-" + rows.getLong(1);
                String report = rows.getString(5);
                if (report != null) {
                    entries.put(name + ".json", report);
                    entries.put(name + ".txt", MigrationReport.fromJson(report).toString());
                } else {
                    entries.put(name + ".txt", "Begun " + rows.getString(3) + ", never finished.");
                }
            }
        }
    }

    private String words(Claim claim) {
        String backup = claim.frozen().backup();
        return "Retired on " + LocalDate.now(ZoneOffset.UTC) + ".\n\n"
                + "The data of " + claim.frozen().database() + " is in PostgreSQL since " + claim.at() + ".\n"
                + "From now on this library does not look for late writes to the SQLite file, and makes no way back from"
                + " PostgreSQL.\n"
                + "The SQLite file was left where and as it is"
                + (backup == null ? "" : ", and so was its backup " + backup)
                + ". Deleting them is up to you, and cannot be undone.\n";
    }
}
