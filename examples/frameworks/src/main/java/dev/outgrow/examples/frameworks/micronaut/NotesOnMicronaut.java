package dev.outgrow.examples.frameworks.micronaut;

import dev.outgrow.Migration;
import dev.outgrow.Switchover;
import dev.outgrow.switchover.ActiveDatabase;
import io.micronaut.runtime.Micronaut;
import java.nio.file.Path;

// region README
/** An app that asks before Micronaut starts which database is the right one, and switches when PostgreSQL is named. */
public final class NotesOnMicronaut {
    public static void main(String... arguments) {
        Migration migration = Migration.from(Path.of(System.getenv("NOTES_SQLITE")));
        String postgres = System.getenv("DATASOURCES_DEFAULT_URL");
        Switchover switchover = Switchover.of(postgres == null ? migration : migration.to(postgres));
        if (switchover.active() == ActiveDatabase.MIGRATION_DUE) {
            switchover.switchOver();
        }
        Micronaut.run(NotesOnMicronaut.class, arguments);
    }
}
// endregion
