package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.toSet;

import dev.outgrow.internal.work.ComparisonTerms;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.OrphanProof;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.DatabaseAccess;
import dev.outgrow.validate.internal.Validator;
import dev.outgrow.validate.internal.ValidatorOptions;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import dev.outgrow.validate.internal.catalog.SchemaProof;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the validator needs from a plan for an existing schema. */
public final class ExistingComparison {
    private final MigrationOptions options;
    private final ExistingPlan plan;
    private final PlannedFilling planned;
    private final Progress progress;

    public ExistingComparison(MigrationOptions options, PlannedFilling planned, Progress progress) {
        this.options = options;
        this.plan = planned.plan();
        this.planned = planned;
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
        List<ComparedTable> tables = plan.tables().stream()
                .filter(table -> !writtenSince
                        || !planned.keeps().contains(table.mapping().targetName()))
                .map(table -> compared(terms, table))
                .toList();
        List<SchemaProof> proofs = new ArrayList<>();
        if (options.validation() != Validation.NONE) {
            proofs.add(new SequencesProof(plan.positions(), writtenSince));
        }
        if (options.validation() == Validation.ALL_VALUES) {
            plan.tables().stream()
                    .filter(table -> !table.making().fills().isEmpty())
                    .forEach(table -> proofs.add(new FillProof(
                            table, planned.encoding(), options.schema().name())));
        }
        proofs.add(new OrphanProof(planned.orphans()));
        planned.fired()
                .forEach(fired -> proofs.add((source, target, findings) -> findings.notCompared(
                        "what trigger " + fired.trigger() + " wrote into table " + fired.table(),
                        "the source has nothing to compare it with")));
        if (writtenSince) {
            planned.keeps()
                    .forEach(table -> proofs.add((source, target, findings) -> findings.notCompared(
                            "table " + table,
                            "rows of the target stayed there, and nothing tells any more which are the source's")));
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

    /** The columns, by their names in the source, in which NULL became the target's default. */
    public static Set<String> defaulted(ExistingTable table) {
        return table.copied().stream()
                .filter(table::defaulted)
                .map(column -> column.column().name())
                .collect(toSet());
    }

    private ComparedTable compared(ComparisonTerms terms, ExistingTable table) {
        return terms.table(
                table.pair().source(),
                table.mapping(),
                options.schema().name(),
                table.keyed(),
                table.census().rows(),
                table.expectations(),
                defaulted(table),
                table.keptRows());
    }
}
