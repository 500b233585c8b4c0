package dev.outgrow.internal.switchover;

import dev.outgrow.internal.sqlite.page.PageFormatException;
import dev.outgrow.internal.sqlite.page.TwoStates;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.source.Outline;
import dev.outgrow.internal.sqlite.source.SideBySide;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.Backup;
import dev.outgrow.switchover.LateWrites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for what was committed to a file after it had been frozen. Its outline tells at once if nothing was; else its pages are
 * held against those that were migrated; of the tables whose pages differ the rows are held against those of the backup.
 */
final class LateWriteSearch {
    private static final String TABLES = "SELECT name FROM %s.sqlite_schema WHERE type = 'table'"
            + " AND name NOT LIKE 'sqlite\\_%%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%%' ORDER BY rowid";

    private static final String OBJECTS = "SELECT type, name, tbl_name, sql FROM %s.sqlite_schema";

    /** A table that was made anew, or that a VACUUM has moved, has another root. */
    private static final String ROOTS = "SELECT a.name, a.rootpage FROM main.sqlite_schema a JOIN " + SideBySide.THEN
            + ".sqlite_schema b ON a.type = b.type AND a.name = b.name AND a.rootpage = b.rootpage AND a.sql IS b.sql"
            + " WHERE a.type = 'table' AND a.rootpage > 0";

    private static final String VIRTUAL_TABLES =
            "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'";

    private final MigrationOptions options;
    private final Path file;

    LateWriteSearch(MigrationOptions options, Path file) {
        this.options = options;
        this.file = file;
    }

    /**
     * Looks.
     *
     * @param known another outline by which the file was seen to hold what was migrated, if there is one
     */
    LateWrites since(Frozen frozen, Optional<String> known) {
        String outline = Outline.of(file);
        if (outline.equals(frozen.outline()) || known.filter(outline::equals).isPresent()) {
            return LateWrites.none();
        }
        try (Snapshot now = options.source().passingSnapshot(Backup.beside())) {
            if (now.fingerprint().equals(frozen.fingerprint())) {
                return LateWrites.none();
            }
            Optional<Path> backup = frozen.backupFile();
            return backup.isEmpty() ? new LateWrites(List.of(), false, false) : compare(now.path(), backup.get());
        }
    }

    private LateWrites compare(Path now, Path then) {
        try (Connection connection = SideBySide.of(now, then)) {
            List<String> sameTrees = sameTrees(connection, now, then);
            boolean schemaChanged = differs(connection, OBJECTS.formatted("main"), OBJECTS.formatted(SideBySide.THEN));
            List<LateWrites.Table> writes = new ArrayList<>();
            List<String> before = names(connection, TABLES.formatted(SideBySide.THEN));
            List<String> virtual = names(connection, VIRTUAL_TABLES);
            for (String name : names(connection, TABLES.formatted("main"))) {
                if (!sameTrees.contains(name)
                        && isMigrated(name, virtual)
                        && before.contains(name)
                        && sameColumns(connection, name)) {
                    LateTable.of(connection, name).writes(connection).ifPresent(writes::add);
                }
            }
            return new LateWrites(writes, schemaChanged, true);
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "looking for late writes");
        }
    }

    /** The tables whose pages are the same bytes in both: nobody has to read their rows. */
    private static List<String> sameTrees(Connection connection, Path now, Path then) throws SQLException {
        List<String> same = new ArrayList<>();
        try (TwoStates states = TwoStates.of(now, then);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ROOTS)) {
            while (rows.next()) {
                if (!states.mayDiffer(rows.getLong(2))) {
                    same.add(rows.getString(1));
                }
            }
            return same;
        } catch (PageFormatException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + now + " or " + then, e);
        }
    }

    private static boolean differs(Connection connection, String one, String other) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT EXISTS (" + one + " EXCEPT " + other + ") OR EXISTS ("
                        + other + " EXCEPT " + one + ")")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private static boolean sameColumns(Connection connection, String name) throws SQLException {
        String columns = "SELECT cid, name, pk, hidden FROM pragma_table_xinfo(" + LateTable.literal(name) + ", '%s')";
        return !differs(connection, columns.formatted("main"), columns.formatted(SideBySide.THEN));
    }

    /** Whether the caller has not left the table out, or the virtual table whose content it holds. */
    private boolean isMigrated(String table, List<String> virtual) {
        return isChosen(table) || virtual.stream().anyMatch(name -> table.startsWith(name + "_") && isChosen(name));
    }

    private boolean isChosen(String table) {
        boolean wanted = options.only().globs().isEmpty() || options.only().matches(table);
        return wanted && !options.except().matches(table);
    }

    private static List<String> names(Connection connection, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
