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
 * What PostgreSQL makes of the rows of a table on their way into it, beside taking them as they are.
 *
 * @param extras columns of the source that have no place in the target, and that an expression reads
 * @param fills expressions over the columns of the source, by the column of the target that they fill
 * @param defaults the defaults that take the place of NULL, by the column of the target
 */
public record Making(List<ColumnMapping> extras, Map<String, String> fills, Map<String, String> defaults) {
    /** Nothing is made. */
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
     * The list of a SELECT that names the columns as expressions may: as SQLite does, in lower case where that is another name,
     * and as the target does.
     *
     * @param columns all that are there, the extras included
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
