package dev.outgrow.validate.internal.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the target's catalog must say about one table. All names are the target's, unquoted. Nothing else is checked.
 *
 * @param identities for each column that an identity or sequence fills: the value that the next insert must get
 * @param constraints constraints that must be there, and whether they must be validated
 * @param indexes indexes that must be there and be valid; those of constraints need not be named again
 * @param notNull columns that must refuse NULL
 * @param defaults by column: the default as the SQL expression that the DDL gave it; an empty text for a column that must
 *     have none
 */
public record TableExpectations(
        Map<String, Long> identities,
        List<ExpectedConstraint> constraints,
        List<String> indexes,
        Set<String> notNull,
        Map<String, String> defaults) {

    /**
     * A constraint that must be there.
     *
     * @param name its name
     * @param validated whether it must hold for all rows; false for one that was left NOT VALID with the caller's consent, or
     *     whose triggers were disabled before
     */
    public record ExpectedConstraint(String name, boolean validated) {}

    public TableExpectations {
        identities = ImmutableMap.copyOf(identities);
        constraints = ImmutableList.copyOf(constraints);
        indexes = ImmutableList.copyOf(indexes);
        notNull = ImmutableSet.copyOf(notNull);
        defaults = ImmutableMap.copyOf(defaults);
    }

    /** Expects nothing beyond the table, its columns and their types. */
    public static TableExpectations none() {
        return new TableExpectations(
                ImmutableMap.of(), ImmutableList.of(), ImmutableList.of(), ImmutableSet.of(), ImmutableMap.of());
    }
}
