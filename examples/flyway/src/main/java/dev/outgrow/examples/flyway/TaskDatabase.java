package dev.outgrow.examples.flyway;

import dev.outgrow.Migration;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The database of an app that keeps tasks: a SQLite file at first, PostgreSQL once it has outgrown that. */
final class TaskDatabase {
    private TaskDatabase() {}

    /** Makes the app's tables in a SQLite file, as the app does when it starts. */
    static void createFile(Path file) {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, null, null)
                .locations("classpath:db/sqlite")
                .load()
                .migrate();
    }

    /** Moves the app's data; the tables are those of the app's own migrations. */
    static MigrationReport upgrade(Path file, DataSource postgres) {
        // region README
        TargetSchema schema = TargetSchema.existing("public")
                .preparedBy(dataSource -> Flyway.configure()
                        .dataSource(dataSource)
                        .locations("classpath:db/postgresql")
                        .load()
                        .migrate());
        MigrationReport report = Migration.from(file)
                .to(postgres)
                .into(schema)
                .typeRules(TypeRules.standard().everyColumn().naiveTimesIn(ZoneOffset.UTC))
                .run();
        // endregion
        return report;
    }
}
