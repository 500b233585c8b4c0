package dev.outgrow.internal.wayback;

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
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.sqlite.SQLiteErrorCode;

/** SQLite's own checks of the new file; what they also find in the backup was there before. */
final class FileChecks {
    private static final String INTEGRITY = "PRAGMA integrity_check(1000)";

    /** Both checks look up rows all over the file, which takes half as long if it is mapped into memory. */
    private static final String MAPPED = "PRAGMA mmap_size = 8589934592";

    private final Snapshot made;
    private final Connection backup;
    private final Obstacles obstacles;

    FileChecks(Snapshot made, Connection backup, Obstacles obstacles) {
        this.made = made;
        this.backup = backup;
        this.obstacles = obstacles;
    }

    /** Runs both checks at once. */
    void run() throws SQLException, InterruptedException {
        FutureTask<List<String>> integrity = new FutureTask<>(() -> {
            try (Connection connection = mapped()) {
                return column(connection, INTEGRITY);
            }
        });
        Thread thread = new Thread(integrity, "outgrow-integrity");
        thread.setDaemon(true);
        thread.start();
        try (Connection connection = mapped()) {
            foreignKeys(connection);
        } finally {
            thread.join();
        }
        try {
            integrity(integrity.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Connection mapped() throws SQLException {
        Connection connection = made.open();
        try (Statement statement = connection.createStatement()) {
            statement.execute(MAPPED);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void integrity(List<String> found) throws SQLException {
        List<String> findings = new ArrayList<>(found);
        if (findings.equals(List.of("ok"))) {
            return;
        }
        Set<String> before = new HashSet<>(column(backup, INTEGRITY));
        findings.removeIf(before::contains);
        if (!findings.isEmpty()) {
            obstacles.refuse(
                    NoticeKind.WAY_BACK.id("integrity_check"),
                    "SQLite's integrity_check finds in the new file: "
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

    private void foreignKeys(Connection connection) throws SQLException {
        List<List<String>> violations = violations(connection);
        if (violations.isEmpty()) {
            return;
        }
        Set<List<String>> before = new HashSet<>(violations(backup));
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

    /** A foreign key that names no key of its parent ends the whole check; then tables are checked one by one. */
    private static List<List<String>> violations(Connection connection) throws SQLException {
        try {
            return violations(connection, "PRAGMA foreign_key_check");
        } catch (SQLException e) {
            demandMismatch(e);
        }
        List<List<String>> violations = new ArrayList<>();
        for (String table : column(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
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
