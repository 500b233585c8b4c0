package dev.outgrow.junit;

import dev.outgrow.Migration;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.ValidationReport;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * A fixture and the result of its migration. JUnit closes it when the tests that share it have ended; up to JUnit 5.12
 * only because it is a CloseableResource.
 */
@SuppressWarnings({"deprecation", "try"})
final class MigratedFixture implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    private final Fixture fixture;
    private final Path file;
    private final ThrowawayDatabase database;
    private final Migration migration;
    private @Nullable MigrationReport report;
    private @Nullable MigrationException failure;
    private String failureText = "";

    private MigratedFixture(Fixture fixture, Path file, ThrowawayDatabase database, Migration migration) {
        this.fixture = fixture;
        this.file = file;
        this.database = database;
        this.migration = migration;
    }

    /** Migrates. A failure is kept: every test that shares the fixture fails for the same reason. */
    static MigratedFixture migrate(Fixture fixture, Configuration configuration, TestServer server) {
        Path file = fixture.copy();
        ThrowawayDatabase database = server.newDatabase();
        Migration migration = configuration
                .configured(Migration.from(file).to(database.dataSource()))
                .validation(Validation.ALL_VALUES);
        MigratedFixture migrated = new MigratedFixture(fixture, file, database, migration);
        try {
            migrated.report = migration.run();
        } catch (MigrationException e) {
            migrated.failure = e;
            migrated.failureText = FailedMigration.text(fixture, e, configuration, server, new SourceReader(file));
        }
        return migrated;
    }

    /** This, if the migration worked. */
    MigratedFixture successful() {
        if (failure != null) {
            throw new AssertionFailedError(failureText, failure);
        }
        return this;
    }

    MigrationReport report() {
        return Optional.ofNullable(report).orElseThrow();
    }

    /** Compares every value, as both databases stand now. */
    ValidationReport compare() {
        return migration.validate();
    }

    DataSource dataSource() {
        return database.dataSource();
    }

    /** What the fixture has in a column. */
    ColumnValues inSource(Place place) {
        return new SourceReader(file).read(place.table().name(), place.column().name());
    }

    /** What PostgreSQL has in a column. */
    ColumnValues inTarget(Place place) {
        return new TargetReader(database.dataSource(), report().schema())
                .read(place.table(), place.column(), inSource(place).keyNames());
    }

    @Override
    public String toString() {
        return fixture.name();
    }

    @Override
    public void close() throws Exception {
        database.close();
        Fixture.delete(file);
    }
}
