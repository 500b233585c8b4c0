package dev.outgrow.examples.quickstart;

import dev.outgrow.Migration;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Rehearsal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A migration that is rehearsed on one day, and carried out on another. */
final class RehearseFirst {
    private RehearseFirst() {}

    // region README
    static void rehearse(Migration migration, Path kept) throws IOException {
        Rehearsal rehearsal = migration.rehearse();
        System.out.println(rehearsal);
        Files.writeString(kept, rehearsal.toJson());
    }

    static MigrationReport migrate(Migration migration, Path kept) throws IOException {
        return migration.rehearsed(Rehearsal.fromJson(Files.readString(kept))).run();
    }
    // endregion
}
