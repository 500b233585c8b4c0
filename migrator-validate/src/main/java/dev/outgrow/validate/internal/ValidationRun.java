package dev.outgrow.validate.internal;

import dev.outgrow.validate.CheckResult;
import dev.outgrow.validate.Checks;
import dev.outgrow.validate.NotCompared;
import dev.outgrow.validate.SchemaFinding;
import dev.outgrow.validate.TableComparison;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.catalog.CatalogProof;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import dev.outgrow.validate.internal.catalog.SchemaProof;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One validation under way. */
final class ValidationRun implements SchemaProof.Findings {
    private final DatabaseAccess sqlite;
    private final DatabaseAccess postgres;
    private final List<ComparedTable> tables;
    private final ValidatorOptions options;
    private final List<SchemaProof> proofs;
    private final Checks checks;
    private final List<SchemaFinding> schemaFindings = new ArrayList<>();
    private final List<NotCompared> notCompared = new ArrayList<>();

    ValidationRun(
            DatabaseAccess sqlite,
            DatabaseAccess postgres,
            List<ComparedTable> tables,
            ValidatorOptions options,
            List<SchemaProof> proofs,
            Checks checks) {
        this.sqlite = sqlite;
        this.postgres = postgres;
        this.tables = tables;
        this.options = options;
        this.proofs = proofs;
        this.checks = checks;
    }

    ValidationReport report() throws SQLException, InterruptedException {
        long start = System.nanoTime();
        List<TableComparison> compared = new ArrayList<>();
        List<CheckResult> answers = new ArrayList<>();
        try (Lanes lanes = Lanes.open(sqlite, postgres, options.parallelism())) {
            boolean wanted = options.scope() != Validation.NONE;
            if (wanted) {
                compared.addAll(new TableComparisons(tables, options, this).run(lanes));
            } else {
                notCompared("all tables", "no validation was asked for");
            }
            options.progress().step("the app's checks", 1, proofs.size() + 2);
            // Of the rows that were compared: the proofs have later snapshots.
            answers.addAll(new CheckRun(checks, options.searchPath()).ask(lanes.first()));
            if (wanted) {
                prove(lanes);
            }
        }
        return new ValidationReport(
                options.scope(),
                compared,
                schemaFindings,
                answers,
                notCompared,
                Duration.ofNanos(System.nanoTime() - start));
    }

    private void prove(Lanes lanes) throws SQLException, InterruptedException {
        int steps = proofs.size() + 2;
        AtomicInteger number = new AtomicInteger(2);
        options.progress().step("constraints and indexes", number.get(), steps);
        prove(new CatalogProof(tables, options.writtenSince()), lanes.first(), this);
        List<Lanes.Work> work = new ArrayList<>();
        List<KeptFindings> found = new ArrayList<>();
        for (SchemaProof proof : proofs) {
            KeptFindings kept = new KeptFindings();
            found.add(kept);
            work.add(lane -> {
                synchronized (number) {
                    options.progress().step(proof.subject(), number.incrementAndGet(), steps);
                }
                // What depends on the present must not be evaluated at the moment at which the comparison began.
                if (lanes.beginAnew(lane)) {
                    proof.prove(lane.sqlite(), lane.postgres(), kept);
                } else {
                    prove(proof, lane, kept);
                }
            });
        }
        lanes.run(work);
        // In the order of the proofs, regardless of which ended first.
        found.forEach(kept -> kept.tell(this));
    }

    private static void prove(SchemaProof proof, Lane lane, SchemaProof.Findings findings) throws SQLException {
        Connection target = lane.postgres();
        Savepoint before = target.setSavepoint();
        try {
            proof.prove(lane.sqlite(), target, findings);
        } finally {
            target.rollback(before);
        }
    }

    /** What one proof found, by one thread. */
    private static final class KeptFindings implements SchemaProof.Findings {
        private final List<SchemaFinding> wrong = new ArrayList<>();
        private final List<NotCompared> notCompared = new ArrayList<>();

        @Override
        public void wrong(String id, String message) {
            wrong.add(new SchemaFinding(id, message));
        }

        @Override
        public void notCompared(String subject, String reason) {
            notCompared.add(new NotCompared(subject, reason));
        }

        private void tell(SchemaProof.Findings all) {
            wrong.forEach(finding -> all.wrong(finding.id(), finding.message()));
            notCompared.forEach(one -> all.notCompared(one.subject(), one.reason()));
        }
    }

    @Override
    public void wrong(String id, String message) {
        schemaFindings.add(new SchemaFinding(id, message));
    }

    @Override
    public void notCompared(String subject, String reason) {
        notCompared.add(new NotCompared(subject, reason));
    }
}
