package dev.outgrow.internal.sql;

import com.google.common.base.Ascii;
import dev.outgrow.internal.sqlite.ddl.Expression;
import java.util.Set;

/** The names of SQLite's "Built-in Aggregate Functions" and of its own window functions. */
public final class Aggregates {
    private static final Set<String> NAMES = Set.of(
            "avg",
            "count",
            "group_concat",
            "string_agg",
            "max",
            "min",
            "sum",
            "total",
            "median",
            "json_group_array",
            "json_group_object",
            "row_number",
            "rank",
            "dense_rank",
            "percent_rank",
            "cume_dist",
            "ntile",
            "lag",
            "lead",
            "first_value",
            "last_value",
            "nth_value");

    private Aggregates() {}

    static boolean isAggregate(String name) {
        return NAMES.contains(name);
    }

    /** Whether a call makes one value from many rows; as a window function it makes one for each. */
    public static boolean isAggregateCall(Expression.FunctionCall call) {
        String name = Ascii.toLowerCase(call.name().text());
        boolean scalar =
                (name.equals("min") || name.equals("max")) && call.arguments().size() > 1;
        return isAggregate(name) && !scalar && call.over().isEmpty();
    }
}
