package dev.outgrow.typemap;

import com.google.common.collect.ImmutableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One line of a {@link Convention}: which columns a library writes in a way of its own, and what they become. It is applied to a
 * column only if every value of the column confirms it. Immutable and safe to share between threads. Made by the library; use
 * the accessors.
 */
public final class ConventionRule {
    private final String words;
    private final BiPredicate<SourceColumn, String> columns;
    private final @Nullable Function<SourceColumn, PgType> type;
    private final @Nullable TypeMapping mapping;
    private final boolean ofUnit;
    private final Set<PgType.Kind> targets;
    private final boolean creates;
    private final Predicate<ColumnCensus> evidence;

    private ConventionRule(
            String words,
            BiPredicate<SourceColumn, String> columns,
            @Nullable Function<SourceColumn, PgType> type,
            @Nullable TypeMapping mapping,
            boolean ofUnit,
            Set<PgType.Kind> targets,
            boolean creates,
            Predicate<ColumnCensus> evidence) {
        this.words = words;
        this.columns = columns;
        this.type = type;
        this.mapping = mapping;
        this.ofUnit = ofUnit;
        this.targets = targets;
        this.creates = creates;
        this.evidence = evidence;
    }

    /** In a schema that the migration makes, columns get a type; how SQLite holds the values follows from the values. */
    static ConventionRule makes(
            String words, BiPredicate<SourceColumn, String> columns, Function<SourceColumn, PgType> type) {
        return new ConventionRule(words, columns, type, null, false, ImmutableSet.of(), true, census -> true);
    }

    /** Columns hold their values in one way, whether the migration makes them or they exist with one of these types. */
    static ConventionRule holds(
            String words, BiPredicate<SourceColumn, String> columns, TypeMapping mapping, PgType.Kind... targets) {
        return new ConventionRule(
                words, columns, null, mapping, false, ImmutableSet.copyOf(targets), true, census -> true);
    }

    /** The numbers of each column count one unit since 1970, which most of them make certain. */
    static ConventionRule counts(String words, BiPredicate<SourceColumn, String> columns, PgType.Kind... targets) {
        return new ConventionRule(
                words, columns, null, null, true, ImmutableSet.copyOf(targets), false, census -> true);
    }

    /**
     * The same, but only for columns of an existing schema: SQLite's declaration does not distinguish them from others.
     */
    ConventionRule whereTheTypeExists() {
        return new ConventionRule(words, columns, type, mapping, ofUnit, targets, false, evidence);
    }

    /** The same for columns whose values show more than that they fit. */
    ConventionRule shownBy(Predicate<ColumnCensus> test) {
        return new ConventionRule(words, columns, type, mapping, ofUnit, targets, creates, evidence.and(test));
    }

    /** What the library writes and what becomes of it, in words. */
    public String words() {
        return words;
    }

    /**
     * The type that a column is to have in a schema that the migration makes, if the rule applies to it and names a
     * type alone.
     *
     * @param definition the column's definition in its CREATE TABLE, with constraints and comments
     */
    public Optional<PgType> type(SourceColumn column, String definition) {
        return creates && columns.test(column, definition)
                ? Optional.ofNullable(type).map(answer -> answer.apply(column))
                : Optional.empty();
    }

    /**
     * The mapping of a column in a schema that the migration makes, if the rule applies to it and names one outright.
     */
    public Optional<TypeMapping> mapping(SourceColumn column, String definition) {
        return creates && columns.test(column, definition) ? Optional.ofNullable(mapping) : Optional.empty();
    }

    /** The mapping of a column whose place exists, if the rule applies to it. */
    public Optional<TypeMapping> mapping(SourceColumn column, String definition, PgType target) {
        return targets.contains(target.kind()) && columns.test(column, definition)
                ? Optional.ofNullable(mapping).map(named -> named.withType(target))
                : Optional.empty();
    }

    /** Whether all numbers of a column whose place exists count one unit, which its values tell. */
    public boolean isOfOneUnit(SourceColumn column, String definition, PgType target) {
        return ofUnit && targets.contains(target.kind()) && columns.test(column, definition);
    }

    /** Whether the values not only fit but also show what the rule says. */
    public boolean isShownBy(ColumnCensus census) {
        return evidence.test(Objects.requireNonNull(census, "census"));
    }

    @Override
    public String toString() {
        return words;
    }
}
