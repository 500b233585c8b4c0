package dev.outgrow.validate.internal;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import dev.outgrow.validate.Validation;
import java.util.List;

/**
 * How to compare.
 *
 * @param scope how much
 * @param parallelism connections on each side, at least 1
 * @param mostDifferences differences that are listed for each table
 * @param stopEarly whether a table is left as soon as that many were found
 * @param writtenSince whether rows that only the target has, by their key, count as written by the app since
 * @param searchPath the schemas in which checks find unqualified names, unquoted; empty for the server's own
 * @param progress told how far it is
 */
public record ValidatorOptions(
        Validation scope,
        int parallelism,
        int mostDifferences,
        boolean stopEarly,
        boolean writtenSince,
        List<String> searchPath,
        ValidationProgress progress) {
    public ValidatorOptions {
        checkArgument(parallelism >= 1, "parallelism is %s; it takes at least 1", parallelism);
        checkArgument(mostDifferences >= 1, "mostDifferences is %s; it takes at least 1", mostDifferences);
        searchPath = ImmutableList.copyOf(searchPath);
    }

    /** Every value, on one connection each, up to 100 differences a table, the whole of each table, nothing written since. */
    public static ValidatorOptions defaults() {
        return new ValidatorOptions(
                Validation.ALL_VALUES, 1, 100, false, false, ImmutableList.of(), (table, rows, bytes) -> {});
    }

    public ValidatorOptions withScope(Validation value) {
        return new ValidatorOptions(value, parallelism, mostDifferences, stopEarly, writtenSince, searchPath, progress);
    }

    public ValidatorOptions withParallelism(int value) {
        return new ValidatorOptions(scope, value, mostDifferences, stopEarly, writtenSince, searchPath, progress);
    }

    /** Stops each table after this many differences; 0 for never. */
    public ValidatorOptions stoppingAfter(int differences) {
        return differences == 0
                ? this
                : new ValidatorOptions(scope, parallelism, differences, true, writtenSince, searchPath, progress);
    }

    public ValidatorOptions withWrittenSince(boolean value) {
        return new ValidatorOptions(scope, parallelism, mostDifferences, stopEarly, value, searchPath, progress);
    }

    public ValidatorOptions withSearchPath(List<String> value) {
        return new ValidatorOptions(scope, parallelism, mostDifferences, stopEarly, writtenSince, value, progress);
    }

    public ValidatorOptions withProgress(ValidationProgress value) {
        return new ValidatorOptions(scope, parallelism, mostDifferences, stopEarly, writtenSince, searchPath, value);
    }
}
