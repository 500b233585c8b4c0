package dev.outgrow.validate.internal.catalog;

/** Identifiers as SQL writes them, in both databases. */
public final class Quoting {
    private Quoting() {}

    /** The identifier in double quotes. */
    public static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** Schema and table, both quoted. */
    public static String qualified(String schema, String table) {
        return quoted(schema) + "." + quoted(table);
    }
}
