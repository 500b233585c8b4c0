package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.exception.WrongDatabaseException;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** An app with a SQLite file and a PostgreSQL database, as a test of switchovers sets them up. */
record SwitchoverCase(Path folder, TestDatabase database) {
    /** What the app's file holds. */
    static final String[] APP = {
        "CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, note TEXT)",
        "CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INT NOT NULL REFERENCES users(id), body TEXT)",
        "CREATE TABLE log(line TEXT)",
        "CREATE VIEW names AS SELECT name FROM users",
        "INSERT INTO users VALUES (1, 'Ann', 'a'), (2, 'Bob', NULL), (3, 'Cid', 'c')",
        "INSERT INTO posts VALUES (1, 1, 'first'), (2, 2, 'second')",
        "INSERT INTO log VALUES ('x'), ('x'), ('y')"
    };

    /** The app's file; not there yet. */
    Path file() {
        return folder.resolve("app.db");
    }

    Path marker() {
        return folder.resolve("app.db.outgrow-switchover");
    }

    Path backup() {
        return folder.resolve("app.db.outgrow-backup");
    }

    /** Writes the app's file. */
    SwitchoverCase withFile() {
        SqliteFiles.write(file(), APP);
        return this;
    }

    /** Settings that name the file alone. */
    Switchover sqliteOnly() {
        return Switchover.of(Migration.from(file()));
    }

    /** Settings that name PostgreSQL, too. */
    Switchover withPostgres() {
        return Switchover.of(migration());
    }

    Migration migration() {
        return Migration.from(file()).to(database.dataSource());
    }

    /** Changes the file, whatever its permissions. */
    void write(String... statements) {
        SqliteFiles.write(file(), statements);
    }

    /** A connection of the app's. */
    Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    static String value(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    String markerText() {
        try {
            return Files.readString(marker());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The marker as if something else had happened. */
    void markerSays(String before, String after) {
        try {
            String text = markerText();
            assertThat(text).contains(before);
            Files.writeString(marker(), text.replace(before, after));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What refuses, with the reason. */
    static WrongDatabaseException refused(Reason reason, ThrowingCallable what) {
        WrongDatabaseException thrown = catchThrowableOfType(WrongDatabaseException.class, what);
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(reason);
        assertThat(thrown.remedy()).isNotBlank();
        return thrown;
    }

    /** What fails, with the reason. */
    static MigrationException failed(Reason reason, ThrowingCallable what) {
        MigrationException thrown = catchThrowableOfType(MigrationException.class, what);
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(reason);
        return thrown;
    }
}
