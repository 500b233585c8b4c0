package dev.outgrow.internal.limits;

/**
 * PostgreSQL's limits, whatever is configured.
 *
 * @see <a href="https://www.postgresql.org/docs/current/limits.html">PostgreSQL, "PostgreSQL Limits"</a>
 */
public final class Limits {
    /** Columns of a table. */
    public static final int COLUMNS = 1600;

    /** Columns of a key, an index or a foreign key. */
    public static final int KEY_COLUMNS = 32;

    /** The bytes of a row in its page, with long values stored out of line. */
    public static final int ROW_BYTES = 8160;

    /** The bytes of a btree entry after compression: a third of a page ("B-Tree Indexes"). */
    public static final int ENTRY_BYTES = 2704;

    /** The bytes of values that certainly fit into an entry, including overhead. */
    public static final int SURE_ENTRY_BYTES = 2600;

    /** The bytes of the words and positions of a {@code tsvector}. */
    public static final int DOCUMENT_BYTES = 1 << 20;

    /** The bytes of text that certainly fit into a {@code tsvector}: each short word is stored with its positions. */
    public static final int SURE_DOCUMENT_BYTES = DOCUMENT_BYTES / 4;

    private Limits() {}
}
