package dev.outgrow.examples.endtoend;

import java.nio.file.Path;
import java.util.List;

/** An application that can keep its data in SQLite and in PostgreSQL. */
interface App {
    /** Makes its database in SQLite, as the application itself does it. */
    Place.InFile installed() throws Exception;

    /** Makes its schema in an empty database of PostgreSQL, as the application itself does it. */
    void prepare(Place.InPostgres postgres) throws Exception;

    /** What its owner says to the upgrade command besides where the two databases are. */
    List<String> options();

    /** What the way back asks its owner to do in the new file, before the application starts on it. */
    default void tidyUp(Place.InFile back) throws Exception {}

    /** Takes a file that has another name for its own. */
    default Place.InFile named(Path file) throws Exception {
        return new Place.InFile(file);
    }

    /** Starts it; it answers when this returns. */
    Running start(Place place) throws Exception;

    /** The application while it runs, asked as a user would; what does not hold is an assertion that fails. */
    interface Running extends AutoCloseable {
        /** Logs in with what was set up on SQLite. */
        void logIn() throws Exception;

        /** Writes a record. */
        void write(String name) throws Exception;

        /** Reads what {@link #write} wrote. */
        void read(String name) throws Exception;

        /** Searches for it. */
        void find(String name) throws Exception;

        /** Has the application do what it does without being asked, and sees that it was done. */
        void work() throws Exception;

        /** Stops it. */
        @Override
        void close();
    }
}
