package dev.outgrow.examples.frameworks.quarkus;

import dev.outgrow.Migration;
import dev.outgrow.Switchover;
import dev.outgrow.switchover.ActiveDatabase;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;

// region README
/** An app that asks before Quarkus starts which database is the right one, and switches when PostgreSQL is named. */
@QuarkusMain
public final class NotesOnQuarkus {
    public static void main(String... arguments) {
        Migration migration = Migration.from(Path.of(System.getenv("NOTES_SQLITE")));
        String postgres = System.getenv("QUARKUS_DATASOURCE_JDBC_URL");
        Switchover switchover = Switchover.of(postgres == null ? migration : migration.to(postgres));
        if (switchover.active() == ActiveDatabase.MIGRATION_DUE) {
            switchover.switchOver();
        }
        Quarkus.run(arguments);
    }
}
// endregion
