package dev.outgrow.typemap;

/**
 * The class in which SQLite stores one value: a property of the value, never of the column.
 *
 * @see <a href="https://sqlite.org/datatype3.html">SQLite, "Datatypes In SQLite", section 2</a>
 */
public enum StorageClass {
    /** No value. */
    NULL,
    /** A signed integer of at most eight bytes. */
    INTEGER,
    /** An IEEE 754 double. SQLite has no NaN: it stores NULL instead. */
    REAL,
    /** Text in the database's encoding; SQLite does not check that it is valid. */
    TEXT,
    /** Bytes, as they were given. */
    BLOB
}
