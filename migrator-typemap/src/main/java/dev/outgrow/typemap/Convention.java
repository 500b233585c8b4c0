package dev.outgrow.typemap;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one library writes into SQLite where SQLite has no type of its own: a named list of rules, for {@link
 * TypeRules#with(Convention)}. {@link Conventions} has them. Immutable and safe to share between threads.
 *
 * <p>The caller's own rules come before those of a convention, and the standard rules after them. A rule of a
 * convention applies only if every value of the column confirms it; the notice {@code convention:NAME} in the plan
 * names the columns that it decided.
 */
public final class Convention {
    private final String name;
    private final String java;
    private final String basis;
    private final @Nullable ZoneId zone;
    private final ImmutableList<ConventionRule> rules;
    private final @Nullable Counters counters;
    private final ImmutableList<String> scratch;

    /**
     * Tables that stand in for a sequence of the same name.
     *
     * @param column the only column of such a table, which holds the next value
     * @param increment the size of a step; empty if it follows from the value in the table: 50 if that is 1 plus a
     *     multiple of 50, else 1
     */
    public record Counters(String column, OptionalLong increment) {}

    private Convention(
            String name,
            String java,
            String basis,
            @Nullable ZoneId zone,
            List<ConventionRule> rules,
            @Nullable Counters counters,
            List<String> scratch) {
        this.name = name;
        this.java = java;
        this.basis = basis;
        this.zone = zone == null ? null : zone.normalized();
        this.rules = ImmutableList.copyOf(rules);
        this.counters = counters;
        this.scratch = ImmutableList.copyOf(scratch);
    }

    static Convention of(String name, String java, String basis, @Nullable ZoneId zone, List<ConventionRule> rules) {
        return new Convention(name, java, basis, zone, rules, null, List.of());
    }

    /** The same with tables that stand in for sequences. */
    Convention counting(String column) {
        Counters ofTables = new Counters(column, OptionalLong.empty());
        return new Convention(name, java, basis, zone, rules, ofTables, scratch);
    }

    /** The same with columns that identify tables to leave out if they are empty: the library recreates them. */
    Convention scratch(String... columns) {
        return new Convention(name, java, basis, zone, rules, counters, List.of(columns));
    }

    /**
     * The same, with the increment that the sequences get which its counting tables become: Hibernate's {@code allocationSize}.
     *
     * @param increment at least 1
     * @throws IllegalArgumentException if the increment is less, or the convention has no such tables
     */
    public Convention incrementingBy(long increment) {
        Preconditions.checkArgument(increment >= 1, "the increment is %s; it takes at least 1", increment);
        Preconditions.checkArgument(counters != null, "%s has no tables that count for sequences", name);
        Counters known = Objects.requireNonNull(counters);
        return new Convention(
                name,
                java + ".incrementingBy(" + increment + ")",
                basis,
                zone,
                rules,
                new Counters(known.column(), OptionalLong.of(increment)),
                scratch);
    }

    /** Its name in notices, such as {@code django}. */
    public String name() {
        return name;
    }

    /** How Java makes it, such as {@code Conventions.django()}. */
    public String java() {
        return java;
    }

    /** What it was learned from, such as {@code seen on Django 3.2.25}, or that the library was not run. */
    public String basis() {
        return basis;
    }

    /** The zone of its times without an offset, and of the wall clocks that types without a zone get. */
    public Optional<ZoneId> zone() {
        return Optional.ofNullable(zone);
    }

    /** Its rules; the first two that apply to a column are tried. */
    public List<ConventionRule> rules() {
        return rules;
    }

    /** The tables that stand in for sequences. */
    public Optional<Counters> counters() {
        return Optional.ofNullable(counters);
    }

    /** Columns that identify tables which the library recreates when it needs them, such as {@code hib_sess_id}. */
    public List<String> scratchColumns() {
        return scratch;
    }

    @Override
    public String toString() {
        return java;
    }
}
