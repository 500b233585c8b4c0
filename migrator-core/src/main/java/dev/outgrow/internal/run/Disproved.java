package dev.outgrow.internal.run;

import dev.outgrow.internal.notice.Globs;
import dev.outgrow.validate.CheckResult;
import dev.outgrow.validate.SchemaFinding;
import dev.outgrow.validate.TableComparison;
import dev.outgrow.validate.ValidationReport;
import java.util.List;

/** Translations that a comparison found not to mean the same. */
final class Disproved {
    private Disproved() {}

    /**
     * The ids of those that the caller accepts doing without.
     *
     * @param accepted what the caller accepted
     * @return empty if anything else is wrong, too, or if one of them was already left out
     */
    static List<String> accepted(ValidationReport validation, Globs accepted) {
        List<String> ids = validation.schemaFindings().stream()
                .map(SchemaFinding::id)
                .distinct()
                .toList();
        boolean nothingElse = validation.tables().stream().allMatch(TableComparison::passed)
                && validation.checks().stream().allMatch(CheckResult::passed);
        boolean unnamed = ids.stream().noneMatch(accepted.globs()::contains);
        return nothingElse && unnamed && ids.stream().allMatch(accepted::matches) ? ids : List.of();
    }
}
