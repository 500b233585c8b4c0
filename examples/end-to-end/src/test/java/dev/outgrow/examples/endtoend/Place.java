package dev.outgrow.examples.endtoend;

import dev.outgrow.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Objects;
import org.postgresql.ds.PGSimpleDataSource;

/** Where an application keeps its data. */
sealed interface Place {
    /** A file of SQLite. */
    record InFile(Path file) implements Place {}

    /** A database of PostgreSQL, which belongs to the application's role. */
    record InPostgres(String host, int port, String database, String user, String password) implements Place {
        /** Gives a database to a new role that may do nothing else. */
        static InPostgres of(TestDatabase database) {
            PGSimpleDataSource role = database.newRole("");
            String user = Objects.requireNonNull(role.getUser());
            database.execute(
                    "ALTER DATABASE " + database.name() + " OWNER TO " + user, "ALTER SCHEMA public OWNER TO " + user);
            return new InPostgres(
                    Objects.requireNonNull(role.getServerNames())[0],
                    Objects.requireNonNull(role.getPortNumbers())[0],
                    database.name(),
                    user,
                    Objects.requireNonNull(role.getPassword()));
        }

        /** Without the password. */
        String jdbcUrl() {
            return "jdbc:postgresql://" + host + ":" + port + "/" + database + "?user=" + user;
        }

        @Override
        public String toString() {
            return jdbcUrl();
        }
    }
}
