package dev.outgrow.internal.sqlite.read;

/** Names and texts as SQLite writes them. */
public final class SqliteName {
    private SqliteName() {}

    /** The name as SQL needs it: always quoted, so that no name is read as a key word. */
    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
