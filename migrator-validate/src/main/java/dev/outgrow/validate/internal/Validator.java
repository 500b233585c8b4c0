package dev.outgrow.validate.internal;

import com.google.common.collect.ImmutableList;
import dev.outgrow.validate.Checks;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import dev.outgrow.validate.internal.catalog.SchemaProof;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/**
 * Compares a PostgreSQL database with the SQLite database from which it was made. Immutable; {@link #run()} may be
 * called more than once.
 */
public final class Validator {
    private final DatabaseAccess sqlite;
    private final DatabaseAccess postgres;
    private final List<ComparedTable> tables;
    private final ValidatorOptions options;
    private final List<SchemaProof> proofs;
    private final Checks checks;

    /**
     * A validator without schema proofs and checks.
     *
     * @param sqlite the source; several connections see the same rows only if nobody writes to it meanwhile
     * @param postgres the target
     * @param tables what to compare
     * @param options how
     */
    public Validator(
            DatabaseAccess sqlite, DatabaseAccess postgres, List<ComparedTable> tables, ValidatorOptions options) {
        this(sqlite, postgres, tables, options, ImmutableList.of(), Checks.none());
    }

    private Validator(
            DatabaseAccess sqlite,
            DatabaseAccess postgres,
            List<ComparedTable> tables,
            ValidatorOptions options,
            List<SchemaProof> proofs,
            Checks checks) {
        this.sqlite = Objects.requireNonNull(sqlite, "sqlite");
        this.postgres = Objects.requireNonNull(postgres, "postgres");
        this.tables = ImmutableList.copyOf(tables);
        this.options = Objects.requireNonNull(options, "options");
        this.proofs = ImmutableList.copyOf(proofs);
        this.checks = checks;
    }

    /** This validator with these proofs of the schema instead of those it has. */
    public Validator proving(List<SchemaProof> value) {
        return new Validator(sqlite, postgres, tables, options, value, checks);
    }

    /** This validator with these checks instead of those it has. */
    public Validator asking(Checks value) {
        return new Validator(sqlite, postgres, tables, options, proofs, value);
    }

    /**
     * Compares.
     *
     * @return what was found; differences do not throw
     * @throws SQLException if a database cannot be read
     * @throws InterruptedException if the thread was interrupted; the comparison has then stopped
     */
    public ValidationReport run() throws SQLException, InterruptedException {
        return new ValidationRun(sqlite, postgres, tables, options, proofs, checks).report();
    }
}
