package dev.outgrow.examples.switchover;

import dev.outgrow.Migration;
import dev.outgrow.Switchover;
import dev.outgrow.switchover.RollBackReport;
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

    /**
     * Goes back to SQLite, with the notes that were written to PostgreSQL since. No instance may write meanwhile; the app is then
     * started on the new file, whose path belongs into the settings.
     *
     * @param file the SQLite file that the app was started on before the switch; it stays as it is
     * @param postgres the JDBC URL of PostgreSQL
     * @param newFile where the new file is to be, in an existing folder; nothing may have that name
     * @return how many rows were inserted, changed or deleted in PostgreSQL since the switch
     * @throws dev.outgrow.exception.MigrationException if something cannot be carried back, by table, key and count
     */
    public static long goBack(Path file, String postgres, Path newFile) {
        Switchover switchover = Switchover.of(Migration.from(file).to(postgres));
        // Into a file that is thrown away, beside the running app: what would stand in the way is known before anybody
        // waits.
        switchover.rehearseRollBack();
        RollBackReport report = switchover.rollBack(newFile);
        return report.carried();
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
