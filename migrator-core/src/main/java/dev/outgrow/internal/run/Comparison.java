package dev.outgrow.internal.run;

import dev.outgrow.internal.plan.TableBlueprint;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.ComparedTable;
import dev.outgrow.validate.internal.DatabaseAccess;
import dev.outgrow.validate.internal.Validator;
import dev.outgrow.validate.internal.ValidatorOptions;
import java.sql.SQLException;
import java.util.List;

/** What the validator is given of a plan: which tables, by which keys, and what their schema must say. */
final class Comparison {
    private final MigrationOptions options;
    private final Prepared prepared;
    private final Progress progress;

    Comparison(MigrationOptions options, Prepared prepared, Progress progress) {
        this.options = options;
        this.prepared = prepared;
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
    ValidationReport run(PgServer server, String schema, List<String> searchPath, boolean writtenSince)
            throws SQLException, InterruptedException {
        ComparisonTerms terms = new ComparisonTerms(options, progress);
        ValidatorOptions how = terms.validator(searchPath, writtenSince);
        List<ComparedTable> tables = prepared.blueprint().tables().stream()
                .map(table -> compared(terms, table, schema))
                .toList();
        return new Validator(
                        DatabaseAccess.opening(prepared.snapshot()::open),
                        DatabaseAccess.opening(() -> server.open(searchPath)),
                        tables,
                        how)
                .proving(writtenSince ? List.of() : TranslationProofs.of(prepared.blueprint()))
                .asking(options.checks())
                .run();
    }

    private static ComparedTable compared(ComparisonTerms terms, TableBlueprint table, String schema) {
        return terms.table(table.source(), table.mapping(), schema, table.keyed(), table.rows(), table.expectations());
    }
}
