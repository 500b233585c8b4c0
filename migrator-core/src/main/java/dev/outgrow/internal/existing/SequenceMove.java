package dev.outgrow.internal.existing;

/**
 * The position at which a sequence continues.
 *
 * @param sqlName its qualified name as SQL writes it
 * @param next the value that it gives next
 * @param exhausted whether its last value is taken: {@code next} is that value, and there is no other
 */
public record SequenceMove(String sqlName, long next, boolean exhausted) {}
