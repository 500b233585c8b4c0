package dev.outgrow.internal.work;

import dev.outgrow.exception.ValidationFailedException;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.Rowid;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.ValidationProgress;
import dev.outgrow.validate.internal.ValidatorOptions;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import dev.outgrow.validate.internal.catalog.TableExpectations;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What all comparisons of a migration have in common, regardless of who made the tables. */
public final class ComparisonTerms {
    private final MigrationOptions options;
    private final Progress progress;

    public ComparisonTerms(MigrationOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * How to compare.
     *
     * @param searchPath the schemas in which checks find unqualified names
     * @param writtenSince whether the app may have written to the target since
     */
    public ValidatorOptions validator(List<String> searchPath, boolean writtenSince) {
        return ValidatorOptions.defaults()
                .stoppingAfter(options.enoughDifferences())
                .withScope(options.validation())
                .withParallelism(options.parallelism())
                .withWrittenSince(writtenSince)
                .withSearchPath(searchPath)
                .withProgress(new ValidationProgress() {
                    @Override
                    public void compared(String table, long rows, long bytes) {
                        progress.rows(table, rows, bytes);
                    }

                    @Override
                    public void step(String what, int number, int steps) {
                        progress.step(what, number, steps);
                    }
                });
    }

    /**
     * Adds what a run's comparison found to its report.
     *
     * @throws ValidationFailedException if differences were found and comparison was asked for
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    public static void demand(MigrationOptions options, ValidationReport validation, ReportDraft report)
            throws InterruptedException {
        if (Thread.interrupted()) {
            // After an interrupt a finding may only mean that a statement was cut off.
            throw new InterruptedException();
        }
        report.validation(validation);
        if (options.validation() != Validation.NONE && !validation.passed()) {
            throw new ValidationFailedException(validation);
        }
    }

    /**
     * A table to compare.
     *
     * @param schema its schema in the target
     * @param keyed whether the primary key identifies every row in both databases
     * @param rows how many rows the source has
     * @param expectations what the target's catalog must say about it, if anything is compared
     * @param defaulted columns in which NULL became the target's default
     * @param keptRows rows of the target that do not come from the source
     */
    public ComparedTable table(
            SqliteTable source,
            TableMapping mapping,
            String schema,
            boolean keyed,
            long rows,
            TableExpectations expectations,
            Set<String> defaulted,
            long keptRows) {
        List<String> key =
                keyed ? source.primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of()) : List.of();
        return new ComparedTable(
                mapping,
                schema,
                key,
                source.rowidAlias().isPresent() || Rowid.nameIn(source).isPresent(),
                OptionalLong.of(rows),
                Map.of(),
                defaulted,
                keptRows,
                options.validation() == Validation.NONE ? TableExpectations.none() : expectations);
    }
}
