package dev.outgrow.validate.internal;

/** Identifiers as SQL writes them, in both databases. */
final class Quoting {
    private Quoting() {}

    /** The identifier in double quotes. */
    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** Schema and table, both quoted. */
    static String qualified(String schema, String table) {
        return quoted(schema) + "." + quoted(table);
    }
}
