package dev.outgrow.internal.postgres.existing;

/**
 * A sequence as it stands.
 *
 * @param sqlName its qualified name as SQL writes it
 * @param name its name, unquoted
 * @param next the value that it gives next
 * @param increment the step to the value after that; below zero for a descending one
 * @param least the least value it may give
 * @param most the greatest value it may give
 * @param altering whether the role may alter it
 */
public record TargetSequence(
        String sqlName, String name, long next, long increment, long least, long most, boolean altering) {}
