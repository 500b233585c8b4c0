package dev.outgrow.internal.plan;

import dev.outgrow.internal.postgres.Identifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of relations in the target schema. Tables, views and indexes share one namespace, and each name has at most
 * {@value dev.outgrow.internal.postgres.Identifier#MAX_BYTES} bytes.
 */
final class TargetNames {
    /** The columns that every PostgreSQL table has of its own ("System Columns"). */
    private static final Set<String> SYSTEM_COLUMNS = Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

    private final Set<String> taken = new HashSet<>();
    private final List<String> all = new ArrayList<>();

    /** Takes the name as it is; false if it is not available. */
    boolean take(String name) {
        if (!fits(name) || !taken.add(name)) {
            return false;
        }
        all.add(name);
        return true;
    }

    /** Takes the name, or the nearest free one: cut to length, then numbered. Deterministic for the same calls. */
    String takeNearest(String wanted) {
        String name = nearest(wanted, taken);
        taken.add(name);
        all.add(name);
        return name;
    }

    /** The name that {@link #takeNearest} would give, among names that are taken. */
    static String nearest(String wanted, Collection<String> taken) {
        String base = wanted.isEmpty() ? "unnamed" : wanted;
        String name = Identifier.cut(base, Identifier.MAX_BYTES);
        for (int n = 2; taken.contains(name); n++) {
            String suffix = "_" + n;
            name = Identifier.cut(base, Identifier.MAX_BYTES - suffix.length()) + suffix;
        }
        return name;
    }

    /** The name that PostgreSQL itself would make of these parts, or the nearest free one. */
    String takeMade(String table, List<String> columns, String suffix) {
        String end = "_" + suffix;
        String stem = columns.isEmpty() ? table : table + "_" + String.join("_", columns);
        return takeNearest(Identifier.cut(stem, Identifier.MAX_BYTES - end.length()) + end);
    }

    static boolean fits(String name) {
        return !name.isEmpty() && Identifier.bytes(name) <= Identifier.MAX_BYTES;
    }

    static boolean isSystemColumn(String name) {
        return SYSTEM_COLUMNS.contains(name);
    }

    /** Every name taken, in order. */
    List<String> all() {
        return List.copyOf(all);
    }
}
