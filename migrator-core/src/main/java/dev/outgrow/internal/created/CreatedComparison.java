package dev.outgrow.internal.created;

import dev.outgrow.internal.blueprint.CounterSequence;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.work.ComparisonTerms;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.OrphanProof;
import dev.outgrow.internal.work.Progress;
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

/** What the validator needs from a plan: the tables, their keys, and what their schema must be. */
public final class CreatedComparison {
    private final MigrationOptions options;
    private final PlannedCreation planned;
    private final Progress progress;

    public CreatedComparison(MigrationOptions options, PlannedCreation planned, Progress progress) {
        this.options = options;
        this.planned = planned;
        this.progress = progress;
    }

    /**
     * Compares the snapshot with the tables of a schema.
     *
     * @param server where they are
     * @param schema where they are now: the staging schema, or the final one
     * @param searchPath the schemas in which checks find unqualified names
     * @param writtenSince whether the app may have written to the target since
     */
    public ValidationReport run(PgServer server, String schema, List<String> searchPath, boolean writtenSince)
            throws SQLException, InterruptedException {
        ComparisonTerms terms = new ComparisonTerms(options, progress);
        ValidatorOptions how = terms.validator(searchPath, writtenSince);
        List<ComparedTable> tables = new ArrayList<>();
        for (TableBlueprint table : planned.blueprint().tables()) {
            tables.add(compared(terms, table, schema));
        }
        return new Validator(
                        DatabaseAccess.opening(planned.snapshot()::open),
                        DatabaseAccess.opening(() -> writtenSince ? server.open() : server.open(searchPath)),
                        tables,
                        how)
                .proving(proofs(schema, writtenSince))
                .asking(options.checks())
                .run();
    }

    private List<SchemaProof> proofs(String schema, boolean writtenSince) {
        List<SchemaProof> proofs = new ArrayList<>(writtenSince ? List.of() : TranslationProofs.of(planned));
        for (CounterSequence sequence : planned.blueprint().sequences()) {
            proofs.add(new CounterProof(schema, sequence, writtenSince));
        }
        proofs.add(new OrphanProof(planned.orphans()));
        return proofs;
    }

    private static ComparedTable compared(ComparisonTerms terms, TableBlueprint table, String schema) {
        return terms.table(
                table.source(),
                table.mapping(),
                schema,
                table.keyed(),
                table.rows(),
                table.expectations(),
                Set.of(),
                0);
    }
}
