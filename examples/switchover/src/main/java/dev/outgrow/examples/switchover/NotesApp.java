package dev.outgrow.examples.switchover;

import dev.outgrow.Migration;
import dev.outgrow.Switchover;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** An app that keeps notes: in a SQLite file, until its settings name PostgreSQL. */
public final class NotesApp {
    private final String url;

    private NotesApp(String url) {
        this.url = url;
    }

    /**
     * Starts the app on the database that holds its notes.
     *
     * @param file the SQLite file
     * @param postgres the JDBC URL of PostgreSQL, if the settings name one
     * @throws dev.outgrow.exception.WrongDatabaseException if it must not start
     */
    public static NotesApp start(Path file, Optional<String> postgres) {
        // region README
        Migration migration = Migration.from(file);
        Switchover switchover = Switchover.of(postgres.map(migration::to).orElse(migration))
                .smokeTest("notes can be counted", NotesApp::countNotes);
        return switch (switchover.active()) {
            case SQLITE -> new NotesApp("jdbc:sqlite:" + file);
            case MIGRATION_DUE -> {
                switchover.switchOver();
                yield new NotesApp(postgres.orElseThrow());
            }
            case POSTGRES -> new NotesApp(postgres.orElseThrow());
        };
        // endregion
    }

    private static void countNotes(DataSource postgres) throws SQLException {
        try (Connection connection = postgres.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT count(*) FROM note").close();
        }
    }

    /** Makes the tables of a new app in a SQLite file. */
    public static void createFile(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE note(id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)");
        }
    }

    /** Adds a note. */
    public void add(String body) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.prepareStatement("INSERT INTO note(body) VALUES (?)")) {
            statement.setString(1, body);
            statement.executeUpdate();
        }
    }

    /** How many notes there are. */
    public int notes() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM note")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
