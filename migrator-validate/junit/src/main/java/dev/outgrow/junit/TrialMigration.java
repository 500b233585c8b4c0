package dev.outgrow.junit;

import dev.outgrow.Migration;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.validate.Validation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a refused migration would have made: the same migration in another database, with every notice accepted and
 * nothing compared, so that the values can be shown. If even that fails, there are none.
 */
final class TrialMigration implements AutoCloseable {
    private final Path file;
    private final ThrowawayDatabase database;
    private final @Nullable MigrationReport report;

    private TrialMigration(Path file, ThrowawayDatabase database, @Nullable MigrationReport report) {
        this.file = file;
        this.database = database;
        this.report = report;
    }

    static TrialMigration of(Fixture fixture, Configuration configuration, TestServer server) {
        Path file = fixture.copy();
        ThrowawayDatabase database = server.newDatabase();
        Migration migration = configuration
                .configured(Migration.from(file).to(database.dataSource()))
                .accept("*")
                .validation(Validation.NONE);
        try {
            return new TrialMigration(file, database, migration.run());
        } catch (MigrationException refused) {
            return new TrialMigration(file, database, null);
        }
    }

    /** What PostgreSQL would have in a column. */
    ColumnValues values(String table, String column, ColumnValues inSource) {
        if (report == null) {
            return ColumnValues.NONE;
        }
        return PlannedNames.table(report.planned(), table)
                .flatMap(planned -> PlannedNames.column(planned, column).map(found -> new Place(planned, found)))
                .map(place -> new TargetReader(database.dataSource(), report.schema())
                        .read(place.table(), place.column(), inSource.keyNames()))
                .orElse(ColumnValues.NONE);
    }

    /** The column with what became of it, if it arrived. */
    Optional<Place> place(String qualified) {
        return report == null ? Optional.empty() : PlannedNames.place(report.planned(), qualified);
    }

    @Override
    public void close() {
        database.close();
        try {
            Fixture.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
