package dev.outgrow;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One attempt of a {@link ChaosKind}: its files, its database, and what was promised of both. */
final class ChaosAttempt {
    /** A small app. */
    static final List<String> SMALL = List.of(
            "CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, note TEXT)",
            "CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INT NOT NULL REFERENCES users(id), body TEXT)",
            "CREATE TABLE log(line TEXT)",
            "CREATE INDEX posts_user ON posts(user_id)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
                    + " INSERT INTO users SELECT i, 'user ' || i, hex(zeroblob(i % 60)) FROM n",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)"
                    + " INSERT INTO posts SELECT i, 1 + i % 400, 'body ' || i || hex(zeroblob(i % 90)) FROM n",
            "INSERT INTO log VALUES ('x'), ('x'), ('y')");

    private final Path folder;
    private final TestDatabase database;
    private final List<String> broken = new ArrayList<>();
    private Optional<DataSource> target = Optional.empty();
    private Map<String, byte[]> before = Map.of();

    ChaosAttempt(Path folder, TestDatabase database) {
        this.folder = folder;
        this.database = database;
        SqliteFiles.write(file(), SMALL.toArray(String[]::new));
    }

    Path folder() {
        return folder;
    }

    TestDatabase database() {
        return database;
    }

    Path file() {
        return folder.resolve("app.db");
    }

    Path beside(String suffix) {
        return folder.resolve("app.db" + suffix);
    }

    /** Runs as another role from here on. */
    void as(DataSource role) {
        target = Optional.of(role);
    }

    Migration migration() {
        return Migration.from(file()).to(target.orElseGet(database::dataSource));
    }

    @Nullable
    MigrationException run() {
        return run(migration());
    }

    /** Runs, and keeps what the files were before. */
    @Nullable
    MigrationException run(Migration migration) {
        before = files();
        try {
            migration.run();
            return null;
        } catch (MigrationException e) {
            if (e.reason() == Reason.UNEXPECTED) {
                broken.add("UNEXPECTED: " + e.getMessage());
            }
            return e;
        } catch (RuntimeException e) {
            broken.add("threw " + e);
            return null;
        }
    }

    private Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        try {
            for (String suffix : List.of("", "-wal", "-journal", "-shm", ".outgrow-switchover")) {
                if (Files.isRegularFile(beside(suffix))) {
                    files.put(suffix, Files.readAllBytes(beside(suffix)));
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a journal or a staging schema is there. */
    boolean isLeftBehind() {
        return !"0".equals(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow%'"));
    }

    private boolean isPublished() {
        return !"0".equals(database.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
    }

    /** What did not hold of a run that was disturbed: the next one ends as one that was left alone. */
    List<String> brokenAfterDisturbance(boolean failed, List<String> undisturbed) throws InterruptedException {
        Disturbed.awaitNobody(database);
        if (failed && isPublished()) {
            broken.add("something is to be seen of a run that failed");
        }
        Disturbed.finish(migration(), database);
        List<String> content = Disturbed.content(database).stream()
                .map(line -> line.replaceAll("outgrow_role_\\w+", "postgres"))
                .toList();
        if (!content.equals(undisturbed)) {
            List<String> more = new ArrayList<>(content);
            more.removeAll(undisturbed);
            broken.add("the content is another: " + more);
        }
        sameFiles();
        return broken;
    }

    /** What did not hold of a run of a source that may be damaged: it was refused, or what SQLite reads has arrived. */
    List<String> brokenOfSource(boolean failed) {
        sameFiles();
        if (failed) {
            if (isPublished()) {
                broken.add("something is to be seen of a run that failed");
            }
            return broken;
        }
        try {
            compare();
        } catch (SQLException | IOException e) {
            broken.add("it finished, and SQLite cannot read the file: " + e.getMessage());
        } catch (MigrationException e) {
            broken.add("it finished, and cannot be validated: " + e.getMessage());
        }
        return broken;
    }

    private void sameFiles() {
        Map<String, byte[]> after = files();
        before.forEach((suffix, bytes) -> {
            if (!Arrays.equals(bytes, after.get(suffix))) {
                broken.add("app.db" + suffix + " was changed");
            }
        });
    }

    /** By SQLite's own reading of a copy, side files and all. */
    private void compare() throws SQLException, IOException {
        Path copy = Files.createDirectory(folder.resolve("copy")).resolve("app.db");
        for (Map.Entry<String, byte[]> file : before.entrySet()) {
            Files.write(copy.resolveSibling("app.db" + file.getKey()), file.getValue());
        }
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = sqlite.createStatement()) {
            for (String table : List.of("users", "posts", "log")) {
                if (!isThere(statement, table)) {
                    // Of a WAL SQLite takes what is before the damage.
                    if (database.value("SELECT to_regclass('public." + table + "')") != null) {
                        broken.add(table + " arrived, and SQLite does not have it");
                    }
                    continue;
                }
                try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    String here = row.getString(1);
                    String there = database.value("SELECT count(*) FROM " + table);
                    if (!here.equals(there)) {
                        broken.add(table + " has " + here + " rows, and " + there + " arrived");
                    }
                }
            }
        }
        if (!migration().validate().passed()) {
            broken.add("what arrived is not what the source has");
        }
    }

    private static boolean isThere(Statement statement, String table) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT count(*) FROM sqlite_schema WHERE name = '" + table + "'")) {
            return row.getInt(1) > 0;
        }
    }
}
