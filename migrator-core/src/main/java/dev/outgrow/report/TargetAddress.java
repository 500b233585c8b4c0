package dev.outgrow.report;

/**
 * Where the target is, in the terms of its own tools. Made by the library; use the accessors. It has no password.
 *
 * @param host the server's host; empty if it is not known
 * @param port its port; 0 if it is not known
 * @param database the database
 * @param role the role that migrated
 * @param version the server's version
 */
public record TargetAddress(String host, int port, String database, String role, String version) {
    /** The {@code pg_dump} that keeps a schema; the program asks for the password, or takes it from its own file. */
    String dump(String schema) {
        return "pg_dump" + connection() + " --dbname=" + quoted(database) + " --schema=" + quoted('"' + schema + '"')
                + " --format=custom --file=" + file();
    }

    /** How to try whether the backup can be restored, in a database of its own. */
    String trial() {
        String copy = quoted(database + "_restored");
        return "createdb" + connection() + " " + copy + " && pg_restore" + connection() + " --dbname=" + copy
                + " --exit-on-error " + file();
    }

    private String file() {
        return quoted(database + ".dump");
    }

    private String connection() {
        return (host.isEmpty() ? "" : " --host=" + quoted(host))
                + (port == 0 ? "" : " --port=" + port)
                + (role.isEmpty() ? "" : " --username=" + quoted(role));
    }

    /** Quoted for a shell only if necessary. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
