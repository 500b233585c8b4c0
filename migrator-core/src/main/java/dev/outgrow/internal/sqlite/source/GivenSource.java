package dev.outgrow.internal.sqlite.source;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** What the caller gave as the source, and how to find the file behind it. */
sealed interface GivenSource {
    /** The prefix of sqlite-jdbc's URLs. */
    String PREFIX = "jdbc:sqlite:";

    /** The source as messages name it. */
    String describe();

    /** Finds the file, or the connection that sees a database without one. */
    Located locate() throws SQLException;

    /** How the caller's connections are made. */
    interface Connections {
        Connection open() throws SQLException;
    }

    /**
     * A source that was found: a file, or a connection to a database in memory, which is closed with this.
     *
     * @param file the file
     * @param connection the connection, if there is no file
     */
    record Located(Optional<SourceFile> file, Optional<Connection> connection) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            if (connection.isPresent()) {
                connection.get().close();
            }
        }
    }

    /** A path, which may contain links. */
    record ByPath(Path given) implements GivenSource {
        @Override
        public String describe() {
            return SourceFile.at(given).name();
        }

        @Override
        public Located locate() {
            return new Located(Optional.of(SourceFile.at(given)), Optional.empty());
        }
    }

    /** The database that the caller's connection sees. */
    record ByConnection(Connections connections) implements GivenSource {
        @Override
        public String describe() {
            return "the database of the given DataSource";
        }

        @Override
        public Located locate() throws SQLException {
            Connection connection = connections.open();
            boolean keep = false;
            try {
                if (!connection.isWrapperFor(SQLiteConnection.class)) {
                    throw Refusal.notSqlite(connection.getMetaData().getDatabaseProductName());
                }
                Optional<SourceFile> file = mainFile(connection);
                keep = file.isEmpty();
                return new Located(file, keep ? Optional.of(connection) : Optional.empty());
            } finally {
                if (!keep) {
                    connection.close();
                }
            }
        }

        private static Optional<SourceFile> mainFile(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("PRAGMA database_list")) {
                while (rows.next()) {
                    String file = Objects.requireNonNullElse(rows.getString("file"), "");
                    if (rows.getString("name").equals("main") && !file.isEmpty()) {
                        return Optional.of(SourceFile.at(Path.of(file)));
                    }
                }
            }
            return Optional.empty();
        }
    }

    /**
     * A source given by a URL. A file is found by its name alone: connecting with the caller's parameters could change
     * it.
     */
    static GivenSource of(String jdbcUrl) {
        checkArgument(jdbcUrl.startsWith(PREFIX), "the URL of the source does not begin with %s", PREFIX);
        String name = jdbcUrl.substring(PREFIX.length());
        String plain = SqliteUri.cut(name, '?');
        if (name.contains("mode=memory")) {
            return new ByConnection(() -> DriverManager.getConnection(jdbcUrl));
        }
        if (plain.isEmpty() || plain.equals(":memory:") || plain.equals("file::memory:")) {
            throw Refusal.memoryUrl();
        }
        if (plain.startsWith(":resource:")) {
            return new ByConnection(() -> DriverManager.getConnection(jdbcUrl));
        }
        Path path = name.startsWith("file:") ? SqliteUri.path(name) : Path.of(plain);
        return new ByPath(path.toAbsolutePath());
    }

    /** A source given by a DataSource; for the driver's own class its URL is enough. */
    static GivenSource of(DataSource dataSource) {
        if (dataSource instanceof SQLiteDataSource sqlite && sqlite.getUrl() != null) {
            String name = sqlite.getUrl()
                    .substring(Math.min(PREFIX.length(), sqlite.getUrl().length()));
            if (!name.isEmpty() && !name.contains(":memory:") && !name.contains("mode=memory")) {
                return of(sqlite.getUrl());
            }
        }
        return new ByConnection(dataSource::getConnection);
    }
}
