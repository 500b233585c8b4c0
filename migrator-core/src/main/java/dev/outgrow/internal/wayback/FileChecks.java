package dev.outgrow.internal.wayback;

import dev.outgrow.internal.background.BackgroundTask;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/**
 * SQLite's own checks of the new file; what they also find in the backup was there before. A file of up to {@link #WHOLE_BYTES} is
 * checked as a whole, by {@code integrity_check} and by {@code foreign_key_check} of each table. In a larger one, where that would
 * take longer than the whole run did, {@code quick_check} goes through the whole file: every page, the freelist, every row. What the two
 * others add to it is then run for those tables for which {@link WrittenIndexes} and {@link WrittenParents} do not show that it has
 * the result that it has for the backup. Used once.
 */
final class FileChecks implements AutoCloseable {
    /** The size up to which a file is checked as a whole, whatever was shown of it otherwise: about a second. */
    static final long WHOLE_BYTES = 64L << 20;

    private static final String QUICK = "PRAGMA quick_check(1000)";
    private static final String WHOLE = "PRAGMA integrity_check(1000)";

    /** The checks look up rows all over the file, which takes half as long if it is mapped into memory. */
    private static final String MAPPED = "PRAGMA mmap_size = 8589934592";

    /**
     * A mapped page is looked through each time a query comes to it, which is twice the time of both checks; the one for integrity
     * looks through all cells itself.
     */
    private static final String UNCHECKED_CELLS = "PRAGMA cell_size_check = OFF";

    private final Snapshot made;
    private final Obstacles obstacles;
    private final boolean whole;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private @Nullable BackgroundTask<OfFile> ofFile;

    /** What the check of the whole file found, and which it was. */
    private record OfFile(String check, List<String> findings) {}

    /**
     * The checks of a file.
     *
     * @param wholeBytes the size up to which it is checked as a whole
     */
    FileChecks(Snapshot made, Obstacles obstacles, long wholeBytes) {
        this.made = made;
        this.obstacles = obstacles;
        this.whole = made.sizeBytes() <= wholeBytes;
    }

    /** Begins with what is run in any case, on a connection of its own. */
    void begin() {
        ofFile = started(whole ? "integrity" : "quick-check", this::ofFile);
    }

    /** An index by a function or a collation of the application's own cannot be looked at without it; all else can. */
    private OfFile ofFile(Connection connection) throws SQLException {
        if (whole) {
            try {
                return new OfFile(WHOLE, column(connection, WHOLE));
            } catch (SQLException e) {
                demandMismatch(e);
            }
        }
        return new OfFile(QUICK, column(connection, QUICK));
    }

    /**
     * Runs the rest, waits for the end, and names what was found.
     *
     * @param backup what was there before
     * @param withoutIndexes the tables whose indexes are still to be checked
     * @param withoutParents the tables whose foreign keys are still to be checked
     */
    void await(Connection backup, List<String> withoutIndexes, List<String> withoutParents)
            throws SQLException, InterruptedException {
        List<String> children = whole ? tables(backup) : withoutParents;
        BackgroundTask<List<List<String>>> parents =
                started("foreign-keys", connection -> violations(connection, children));
        BackgroundTask<List<String>> indexes =
                started("indexes", connection -> whole ? List.of() : integrity(connection, withoutIndexes));
        OfFile found = Objects.requireNonNull(ofFile, "begin() was not called").result(SQLException.class);
        boolean all = found.check().equals(WHOLE);
        integrity(all ? "integrity_check" : "quick_check", found.findings(), () -> column(backup, found.check()));
        List<String> rest = whole && !all
                ? started("indexes", connection -> integrity(connection, withoutIndexes))
                        .result(SQLException.class)
                : indexes.result(SQLException.class);
        integrity("integrity_check", rest, () -> integrity(backup, withoutIndexes));
        foreignKeys(parents.result(SQLException.class), () -> violations(backup, children));
    }

    private static List<String> tables(Connection connection) throws SQLException {
        return column(connection, "SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY rowid");
    }

    private static List<String> integrity(Connection connection, List<String> tables) throws SQLException {
        List<String> findings = new ArrayList<>();
        for (String table : tables) {
            findings.addAll(column(connection, "PRAGMA integrity_check(" + SqliteName.quote(table) + ")"));
        }
        return findings;
    }

    /** Ends them, wherever they are. */
    @Override
    public void close() {
        for (Connection connection : open) {
            try {
                connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
            } catch (SQLException e) {
                // It is closed already, or ends with the check it is in.
            }
        }
    }

    /** Asks one connection. */
    @FunctionalInterface
    private interface Question<T> {
        T of(Connection connection) throws SQLException;
    }

    private <T> BackgroundTask<T> started(String name, Question<T> question) {
        return BackgroundTask.begin(name, () -> {
            try (Connection connection = mapped()) {
                open.add(connection);
                try {
                    return question.of(connection);
                } finally {
                    open.remove(connection);
                }
            }
        });
    }

    private Connection mapped() throws SQLException {
        Connection connection = made.open();
        try (Statement statement = connection.createStatement()) {
            statement.execute(MAPPED);
            statement.execute(UNCHECKED_CELLS);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Asks the backup the same, if there is anything to ask. */
    @FunctionalInterface
    private interface Before<T> {
        List<T> found() throws SQLException;
    }

    private void integrity(String check, List<String> found, Before<String> backup) throws SQLException {
        List<String> findings = new ArrayList<>(found);
        findings.removeIf("ok"::equals);
        if (findings.isEmpty()) {
            return;
        }
        Set<String> before = new HashSet<>(backup.found());
        findings.removeIf(before::contains);
        if (!findings.isEmpty()) {
            obstacles.refuse(
                    NoticeKind.WAY_BACK.id(check),
                    "SQLite's " + check + " finds in the new file: "
                            + findings.get(0).replaceAll("\\s+", " ")
                            + (findings.size() == 1 ? "." : ", and " + (findings.size() - 1) + " more."),
                    findings.size(),
                    List.of());
        }
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** Rows whose parent is missing, by child and parent. */
    private record Parentless(List<String> keys, AtomicLong count) {}

    private void foreignKeys(List<List<String>> violations, Before<List<String>> backup) throws SQLException {
        if (violations.isEmpty()) {
            return;
        }
        Set<List<String>> before = new HashSet<>(backup.found());
        Map<String, Parentless> found = new LinkedHashMap<>();
        for (List<String> violation : violations) {
            if (!before.contains(violation)) {
                Parentless orphans = found.computeIfAbsent(
                        violation.get(0) + "\" would point at rows of \"" + violation.get(2),
                        first -> new Parentless(new ArrayList<>(), new AtomicLong()));
                orphans.count().incrementAndGet();
                if (orphans.keys().size() < Evidence.MOST_KEYS) {
                    orphans.keys().add("rowid=" + violation.get(1));
                }
            }
        }
        found.forEach((where, orphans) -> obstacles.refuse(
                NoticeKind.WAY_BACK.id(where.substring(0, where.indexOf('"'))),
                Amount.of(orphans.count().get(), "row") + " of \"" + where
                        + "\" that are not there: PostgreSQL has no foreign key that keeps them from it.",
                orphans.count().get(),
                orphans.keys()));
    }

    /** A foreign key that names no key of its parent ends the check of its table. */
    private static List<List<String>> violations(Connection connection, List<String> tables) throws SQLException {
        List<List<String>> violations = new ArrayList<>();
        for (String table : tables) {
            try {
                violations.addAll(violations(connection, "PRAGMA foreign_key_check(" + SqliteName.quote(table) + ")"));
            } catch (SQLException e) {
                demandMismatch(e);
            }
        }
        return violations;
    }

    private static void demandMismatch(SQLException e) throws SQLException {
        if (SqliteFailure.primaryCode(e) != SQLiteErrorCode.SQLITE_ERROR.code) {
            throw e;
        }
    }

    private static List<List<String>> violations(Connection connection, String check) throws SQLException {
        List<List<String>> violations = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(check)) {
            while (rows.next()) {
                violations.add(List.of(
                        String.valueOf(rows.getString(1)),
                        String.valueOf(rows.getString(2)),
                        String.valueOf(rows.getString(3)),
                        String.valueOf(rows.getString(4))));
            }
        }
        return violations;
    }
}
