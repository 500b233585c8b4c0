package dev.outgrow.typemap.internal.census;

/** The key of the row that is being counted, asked for only if a value is odd. */
@FunctionalInterface
public interface RowKey {
    /** The key as text: the primary key's values, or the rowid. */
    String text();
}
