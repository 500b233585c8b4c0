package dev.outgrow.typemap;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Maps;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the values of one column are: counts, ranges, and the keys of unusual ones. It never carries a text or blob. If
 * a rule takes blank text as NULL, it is counted as NULL. Immutable. Made by the library; use the accessors.
 *
 * @param column the column
 * @param classes the storage classes that occur
 * @param traits further properties that occur, as far as they matter for the declared type
 * @param ranges the extremes
 * @param tried the mapping that every value was tried on, if a rule or an existing column asks for one
 * @param unfit the values that the tried mapping cannot hold, by what they are
 * @param refusal what the caller's converter said when it refused the first of its values, without the value
 */
public record ColumnCensus(
        SourceColumn column,
        Map<StorageClass, Evidence> classes,
        Map<Trait, Evidence> traits,
        Ranges ranges,
        Optional<TypeMapping> tried,
        Map<Misfit.Kind, Evidence> unfit,
        Optional<String> refusal) {
    public ColumnCensus {
        classes = Maps.immutableEnumMap(classes);
        traits = Maps.immutableEnumMap(traits);
        unfit = Maps.immutableEnumMap(unfit);
    }

    /** All rows. */
    public long rows() {
        long values = 0;
        for (Evidence evidence : classes.values()) {
            values += evidence.count();
        }
        return values;
    }

    /** How many values have this storage class. */
    public long count(StorageClass storageClass) {
        return of(storageClass).count();
    }

    /** How many values have this trait. */
    public long count(Trait trait) {
        return of(trait).count();
    }

    /** The values of this storage class. */
    public Evidence of(StorageClass storageClass) {
        return classes.getOrDefault(storageClass, Evidence.NONE);
    }

    /** The values with this trait. */
    public Evidence of(Trait trait) {
        return traits.getOrDefault(trait, Evidence.NONE);
    }

    /**
     * The rows in which the target's column is NULL: those that are NULL in the source, and those that a rule makes
     * NULL.
     */
    public Evidence nulls() {
        return of(StorageClass.NULL).plus(of(Trait.MADE_NULL));
    }

    /** How many values are not NULL. */
    public long values() {
        return rows() - count(StorageClass.NULL);
    }

    /**
     * The census of both parts of a table together.
     *
     * @param other the census of another part
     * @throws IllegalArgumentException if it is the census of another column, or tried another mapping
     */
    @SuppressWarnings("ReferenceEquality") // Mostly the very same: to compare records costs a JVM 20 ms the first time.
    public ColumnCensus plus(ColumnCensus other) {
        checkArgument(
                (column == other.column || column.equals(other.column)) && tried.equals(other.tried),
                "the census of %s cannot be added to that of %s",
                other.column.qualifiedName(),
                column.qualifiedName());
        return new ColumnCensus(
                column,
                sum(classes, other.classes),
                sum(traits, other.traits),
                ranges.plus(other.ranges),
                tried,
                sum(unfit, other.unfit),
                refusal.or(other::refusal));
    }

    private static <K> Map<K, Evidence> sum(Map<K, Evidence> first, Map<K, Evidence> second) {
        Map<K, Evidence> all = new LinkedHashMap<>(first);
        second.forEach((key, evidence) -> all.merge(key, evidence, Evidence::plus));
        return all;
    }
}
