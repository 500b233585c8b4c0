package dev.outgrow.internal.late;

import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.reshape.AsideRows;
import dev.outgrow.internal.sqlite.source.Outline;
import dev.outgrow.internal.sqlite.source.SideBySide;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.truth.Frozen;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.Backup;
import dev.outgrow.switchover.LateWrites;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for what was committed to a file after it was frozen. Its outline tells at once if nothing was; else its pages
 * are held against those that were migrated; of the tables whose pages differ the rows are held against those of the
 * backup, as the migration reads both.
 */
public final class LateWriteSearch {
    private static final String OBJECTS = "SELECT type, name, tbl_name, sql FROM %s.sqlite_schema";

    private final MigrationOptions options;
    private final PgServer server;
    private final Path file;

    public LateWriteSearch(MigrationOptions options, Path file) {
        this.options = options;
        this.server = options.target().orElseThrow();
        this.file = file;
    }

    /**
     * Examines them.
     *
     * @param known another outline with which the file was known to hold what was migrated, if there is one
     */
    public LateWrites since(Frozen frozen, Optional<String> known) {
        String outline = Outline.of(file);
        if (outline.equals(frozen.outline()) || known.filter(outline::equals).isPresent()) {
            return LateWrites.none();
        }
        try (Snapshot now = options.source().passingSnapshot(Backup.beside())) {
            if (now.fingerprint().equals(frozen.fingerprint())) {
                return LateWrites.none();
            }
            Optional<Path> backup = frozen.backupFile();
            return backup.isEmpty() ? new LateWrites(List.of(), false, false) : compare(now, backup.get());
        }
    }

    private LateWrites compare(Snapshot now, Path then) {
        try {
            boolean schemaChanged = schemaChanged(now.path(), then);
            try (MigratedStates states = MigratedStates.of(options, server, now, then)) {
                if (states.refusal().isEmpty()) {
                    return new LateWrites(writes(states), schemaChanged, true);
                }
            }
            try (MigratedStates states = MigratedStates.asTheyAre(now, then)) {
                return new LateWrites(writes(states), schemaChanged, true);
            }
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "looking for late writes");
        }
    }

    private static boolean schemaChanged(Path now, Path then) throws SQLException {
        try (Connection connection = SideBySide.of(now, then)) {
            return differs(connection, OBJECTS.formatted("main"), OBJECTS.formatted(SideBySide.THEN));
        }
    }

    private static List<LateWrites.Table> writes(MigratedStates states) throws SQLException {
        Map<String, LateWrites.Table> writes = new LinkedHashMap<>();
        for (LateTable table : states.mayDiffer()) {
            table.writes(states.connection()).ifPresent(found -> writes.put(found.table(), found));
        }
        for (AsideRows.Row row : states.newlyAside()) {
            writes.merge(row.table(), aside(row), LateWriteSearch::together);
        }
        return List.copyOf(writes.values());
    }

    /** An orphan that is set aside stands in none of the tables, and is a late write all the same. */
    private static LateWrites.Table aside(AsideRows.Row row) {
        return new LateWrites.Table(row.table(), 1, 0, 0, row.key().isEmpty() ? List.of() : List.of(row.key()));
    }

    private static LateWrites.Table together(LateWrites.Table one, LateWrites.Table other) {
        List<String> keys = new ArrayList<>(one.keys());
        keys.addAll(other.keys());
        return new LateWrites.Table(
                one.table(),
                one.inserted() + other.inserted(),
                one.changed() + other.changed(),
                one.deleted() + other.deleted(),
                keys.subList(0, Math.min(keys.size(), LateWrites.MOST_KEYS)));
    }

    private static boolean differs(Connection connection, String one, String other) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT EXISTS (" + one + " EXCEPT " + other + ") OR EXISTS ("
                        + other + " EXCEPT " + one + ")")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
