package dev.outgrow.examples.quickstart;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The database of a note-taking app, as such an app would have written it over two years. The same bytes of data each time. */
final class SampleApp {
    private static final int USERS = 120;
    private static final int NOTES = 2_500;
    private static final DateTimeFormatter SQLITE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final LocalDateTime FIRST_DAY = LocalDateTime.of(2024, 1, 15, 8, 30, 0);

    private static final String[] SCHEMA = {
        """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            email VARCHAR(120) NOT NULL UNIQUE,
            name TEXT NOT NULL,
            is_admin BOOLEAN NOT NULL DEFAULT 0,
            balance DECIMAL(10, 2) NOT NULL DEFAULT 0,
            born DATE,
            created_at TIMESTAMP NOT NULL)""",
        """
        CREATE TABLE notes (
            id INTEGER PRIMARY KEY,
            author_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            title TEXT NOT NULL,
            body TEXT,
            rating REAL,
            edited_at TIMESTAMP NOT NULL)""",
        "CREATE INDEX notes_by_author ON notes (author_id, edited_at)",
        """
        CREATE TABLE attachments (
            note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            file_name TEXT NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (note_id, position)) WITHOUT ROWID""",
        "CREATE TABLE tags (id INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE)",
        """
        CREATE TABLE note_tags (
            note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
            tag_id INTEGER NOT NULL REFERENCES tags (id),
            PRIMARY KEY (note_id, tag_id))""",
        "CREATE TABLE settings (key TEXT PRIMARY KEY NOT NULL, value TEXT) WITHOUT ROWID",
    };

    private static final String[] NAMES = {
        "Zoë", "Jürgen", "Søren", "李小龍", "Ольга", "José", "Aylin", "नेहा", "محمد", "Ann"
    };
    private static final String[] LABELS = {"travel", "Rezepte", "работа", "買い物", "🎸 music", "ideas", "home", "garden"
    };

    private final Random random = new Random(17);

    private SampleApp() {}

    /**
     * Writes the database.
     *
     * @param file where; must not be there yet
     * @throws SQLException if it cannot be written
     */
    static void write(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String sql : SCHEMA) {
                    statement.execute(sql);
                }
            }
            SampleApp app = new SampleApp();
            app.users(connection);
            app.notes(connection);
            app.attachments(connection);
            app.tags(connection);
            app.settings(connection);
            connection.commit();
        }
    }

    private void users(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO users (email, name, is_admin, balance, born, created_at) VALUES (?, ?, ?, ?, ?, ?)")) {
            for (int user = 1; user <= USERS; user++) {
                insert.setString(1, "user" + user + "@example.org");
                insert.setString(2, NAMES[user % NAMES.length] + " " + user);
                insert.setInt(3, user <= 2 ? 1 : 0);
                insert.setDouble(4, random.nextInt(1_000_000) / 100.0);
                insert.setString(
                        5,
                        user % 7 == 0
                                ? null
                                : LocalDate.of(1960, 1, 1)
                                        .plusDays(random.nextInt(17_000))
                                        .toString());
                insert.setString(6, SQLITE_TIME.format(FIRST_DAY.plusHours(user * 3L)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void notes(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO notes (author_id, title, body, rating, edited_at) VALUES (?, ?, ?, ?, ?)")) {
            for (int note = 1; note <= NOTES; note++) {
                insert.setInt(1, 1 + random.nextInt(USERS));
                insert.setString(2, "Note " + note + " – " + LABELS[note % LABELS.length]);
                insert.setString(3, body(note));
                insert.setObject(4, note % 3 == 0 ? null : random.nextDouble() * 5);
                insert.setString(5, SQLITE_TIME.format(FIRST_DAY.plusMinutes(note * 407L)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The text of a note: none for some, the empty one for some others, which is not the same. */
    private @Nullable String body(int note) {
        if (note % 50 == 0) {
            return note % 100 == 0 ? "" : null;
        }
        StringBuilder body = new StringBuilder();
        for (int line = random.nextInt(6); line >= 0; line--) {
            body.append("Zeile ")
                    .append(line)
                    .append(": ✓ ")
                    .append(NAMES[random.nextInt(NAMES.length)])
                    .append('\n');
        }
        return body.toString();
    }

    private void attachments(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO attachments VALUES (?, ?, ?, ?)")) {
            for (int attachment = 0; attachment < 150; attachment++) {
                byte[] content = new byte[random.nextInt(4_096)];
                random.nextBytes(content);
                insert.setInt(1, 1 + attachment / 2);
                insert.setInt(2, 1 + attachment % 2);
                insert.setString(3, "photo " + attachment + ".jpg");
                insert.setBytes(4, content);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void tags(Connection connection) throws SQLException {
        try (PreparedStatement tag = connection.prepareStatement("INSERT INTO tags (id, label) VALUES (?, ?)");
                PreparedStatement link = connection.prepareStatement("INSERT INTO note_tags VALUES (?, ?)")) {
            for (int id = 1; id <= LABELS.length; id++) {
                tag.setInt(1, id);
                tag.setString(2, LABELS[id - 1]);
                tag.addBatch();
            }
            tag.executeBatch();
            for (int note = 1; note <= NOTES; note++) {
                link.setInt(1, note);
                link.setInt(2, 1 + random.nextInt(LABELS.length));
                link.addBatch();
            }
            link.executeBatch();
        }
    }

    private void settings(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO settings VALUES (?, ?)")) {
            @Nullable
            String[][] settings = {
                {"theme", "dark"},
                {"installed", FIRST_DAY.toInstant(ZoneOffset.UTC).toString()},
                {"motto", "Ça va?"},
                {"proxy", null}
            };
            for (@Nullable String[] setting : settings) {
                insert.setString(1, setting[0]);
                insert.setString(2, setting[1]);
                insert.executeUpdate();
            }
        }
    }
}
