package dev.outgrow.examples.quickstart;

import dev.outgrow.Migration;
import dev.outgrow.report.MigrationReport;
import java.nio.file.Path;
import javax.sql.DataSource;

/** What an app calls when it starts for the first time with PostgreSQL in its settings. */
final class UpgradeAtStart {
    private UpgradeAtStart() {}

    static MigrationReport upgrade(DataSource postgres) {
        // region README
        Migration migration = Migration.from(Path.of("app.db")).to(postgres);
        System.out.println(migration.plan());
        MigrationReport report = migration.run();
        // endregion
        return report;
    }
}
