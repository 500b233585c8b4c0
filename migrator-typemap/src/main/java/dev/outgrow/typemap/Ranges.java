package dev.outgrow.typemap;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The extremes of a column's values. Made by the library; use the accessors.
 *
 * @param smallestInteger the smallest integer
 * @param largestInteger the largest integer
 * @param smallestReal the smallest double
 * @param largestReal the largest double
 * @param longestText the characters (code points) of the longest text; 0 if there is none
 * @param largestValue the bytes of the largest text or blob; 0 if there is none
 * @param integerDigits the most digits before the point, in a column of decimals
 * @param scale the most digits after the point, in a column of decimals
 */
public record Ranges(
        OptionalLong smallestInteger,
        OptionalLong largestInteger,
        OptionalDouble smallestReal,
        OptionalDouble largestReal,
        long longestText,
        long largestValue,
        int integerDigits,
        int scale) {
    /** The ranges of both together. */
    public Ranges plus(Ranges other) {
        return new Ranges(
                smallestInteger.isPresent()
                                && smallestInteger.getAsLong() <= other.smallestInteger.orElse(Long.MAX_VALUE)
                        ? smallestInteger
                        : other.smallestInteger,
                largestInteger.isPresent() && largestInteger.getAsLong() >= other.largestInteger.orElse(Long.MIN_VALUE)
                        ? largestInteger
                        : other.largestInteger,
                smallestReal.isPresent()
                                && smallestReal.getAsDouble() <= other.smallestReal.orElse(Double.POSITIVE_INFINITY)
                        ? smallestReal
                        : other.smallestReal,
                largestReal.isPresent()
                                && largestReal.getAsDouble() >= other.largestReal.orElse(Double.NEGATIVE_INFINITY)
                        ? largestReal
                        : other.largestReal,
                Math.max(longestText, other.longestText),
                Math.max(largestValue, other.largestValue),
                Math.max(integerDigits, other.integerDigits),
                Math.max(scale, other.scale));
    }
}
