package dev.outgrow.typemap;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Values of one column that its type cannot hold, all for one reason. Made by the library; use the accessors. It never
 * carries a value: data may be private.
 *
 * @param column the column
 * @param type the PostgreSQL type that cannot hold them
 * @param reason what they are, as a clause: {@code "text that is no integer"}
 * @param count how many values
 * @param keys up to five keys of their rows, as text
 * @param remedies lines of Java that would settle it, the gentlest first
 */
public record Misfit(
        SourceColumn column, PgType type, String reason, long count, List<String> keys, List<String> remedies) {
    /**
     * The reason of NULLs in a primary key. It alone can be accepted: a unique index then takes the place of the primary key.
     */
    public static final String NULL_KEY = "NULL in the primary key, which SQLite allows and PostgreSQL does not";

    public Misfit {
        keys = ImmutableList.copyOf(keys);
        remedies = ImmutableList.copyOf(remedies);
    }
}
