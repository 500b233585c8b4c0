package dev.outgrow.internal.copy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What PostgreSQL does to the rows of a table on their way into it.
 *
 * @param extras columns of the source that have no place in the target, but that an expression reads
 * @param fills expressions over the columns of the source, by the column of the target that they fill
 * @param defaults the defaults that replace NULL, by the column of the target
 */
public record Making(List<ColumnMapping> extras, Map<String, String> fills, Map<String, String> defaults) {
    /** Rows arrive as they are. */
    public static final Making NOTHING = new Making(List.of(), Map.of(), Map.of());

    public Making {
        extras = ImmutableList.copyOf(extras);
        fills = ImmutableMap.copyOf(fills);
        defaults = ImmutableMap.copyOf(defaults);
    }

    /** Whether rows arrive as they are. */
    public boolean isNothing() {
        return fills.isEmpty() && defaults.isEmpty();
    }

    /** Whether a column has no place of its own in the target. */
    boolean isExtra(ColumnMapping column) {
        return extras.contains(column);
    }

    /**
     * The select list with every name that an expression may use for the columns: SQLite's, the same in lower case if
     * that is another name, and the target's.
     *
     * @param columns all columns, including the extras
     * @param stored where the value of each is found, as SQL writes it
     */
    public static String named(List<ColumnMapping> columns, Function<ColumnMapping, String> stored) {
        List<String> list = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        List<Function<ColumnMapping, String>> namings = List.of(
                column -> column.column().name(),
                column -> column.column().name().toLowerCase(Locale.ROOT),
                ColumnMapping::targetName);
        for (Function<ColumnMapping, String> naming : namings) {
            for (ColumnMapping column : columns) {
                String name = naming.apply(column);
                if (taken.add(name)) {
                    list.add(stored.apply(column) + " AS " + Identifier.quote(name));
                }
            }
        }
        return String.join(", ", list);
    }

    /** A value as a temporary table carries it, in its own type. */
    static String cast(ColumnMapping column, String stored) {
        PgType type = column.mapping().type();
        return type.carrier().isPresent() ? "CAST(" + stored + " AS " + type.sql() + ")" : stored;
    }
}
