package dev.outgrow.internal.existing;

import dev.outgrow.internal.work.ComparisonTerms;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.ComparedTable;
import dev.outgrow.validate.internal.DatabaseAccess;
import dev.outgrow.validate.internal.SchemaProof;
import dev.outgrow.validate.internal.Validator;
import dev.outgrow.validate.internal.ValidatorOptions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the validator is given of a plan for a schema that exists. */
public final class ExistingComparison {
    private final MigrationOptions options;
    private final ExistingPlan plan;
    private final Progress progress;

    public ExistingComparison(MigrationOptions options, ExistingPlan plan, Progress progress) {
        this.options = options;
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Compares.
     *
     * @param writtenSince whether the app may have written to the target since
     */
    public ValidationReport run(DatabaseAccess sqlite, DatabaseAccess postgres, boolean writtenSince)
            throws SQLException, InterruptedException {
        ComparisonTerms terms = new ComparisonTerms(options, progress);
        ValidatorOptions how = terms.validator(List.of(options.schema().name()), writtenSince);
        List<ComparedTable> tables =
                plan.tables().stream().map(table -> compared(terms, table)).toList();
        List<SchemaProof> proofs = new ArrayList<>();
        if (options.validation() != Validation.NONE) {
            proofs.add(new SequencesProof(plan.positions(), writtenSince));
        }
        if (writtenSince) {
            String schema = options.schema().name();
            proofs.add((source, target, findings) -> findings.notCompared(
                    "constraints and indexes of schema " + schema,
                    "the app's own migrations say what they are, and may have changed them since"));
        }
        return new Validator(sqlite, postgres, tables, how)
                .proving(proofs)
                .asking(options.checks())
                .run();
    }

    private ComparedTable compared(ComparisonTerms terms, ExistingTable table) {
        return terms.table(
                table.pair().source(),
                table.mapping(),
                options.schema().name(),
                table.keyed(),
                table.census().rows(),
                table.expectations());
    }
}
