package dev.outgrow.internal.truth;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.truth.Verdict.Refused;
import dev.outgrow.switchover.SwitchoverState;
import dev.outgrow.typemap.internal.text.Amount;
import java.nio.file.Path;

/** The messages that tell why an application must not start. */
final class Refusals {
    private Refusals() {}

    static Refused movedOn(Path file, Marker marker) {
        return new Refused(
                Reason.MOVED_ON,
                marker.happened().state(),
                "The data of " + file + " moved to PostgreSQL on " + marker.at() + ": " + marker.where()
                        + ". The settings name no PostgreSQL; what is written to the SQLite file would be lost.",
                "name that PostgreSQL database in the settings again. If its settings were lost, restore them; to go back to"
                        + " SQLite on purpose, use the way back, which takes along what was written since.",
                null);
    }

    static Refused movedBack(Path file, String database) {
        return new Refused(
                Reason.MOVED_ON,
                SwitchoverState.BACK_ON_SQLITE,
                "The data that was in " + file + " went to PostgreSQL and came back into another file, " + database
                        + ". What is written to " + file + " would be lost.",
                "name " + database + " in the settings.",
                null);
    }

    static Refused unreachable(MigrationException failure, SwitchoverState state) {
        return new Refused(
                failure.reason() == Reason.TARGET_UNFIT ? Reason.TARGET_UNFIT : Reason.TARGET_UNREACHABLE,
                state,
                "The settings name PostgreSQL, and it cannot be asked whether it holds the data. To start on the SQLite file"
                        + " instead would be to lose what is written there. " + firstLine(failure),
                switch (failure.reason()) {
                    case TARGET_UNREACHABLE, TARGET_STALLED, TARGET_EXHAUSTED ->
                        "see that the server runs, can be reached from here and has a connection free; then start the"
                                + " application again.";
                    default -> failure.remedy();
                },
                failure);
    }

    private static String firstLine(MigrationException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    static Refused rehearsal(TargetView target, SwitchoverState state) {
        return new Refused(
                Reason.REHEARSAL_DATABASE,
                state,
                "The database " + target.name() + " was made by a rehearsal: its rows are a trial's.",
                "name the database that the application is to use. To make this one it, drop what the rehearsal left and"
                        + " call forget() on the migration first.",
                null);
    }

    static Refused notThere(TargetView target, Marker marker) {
        return new Refused(
                Reason.TARGET_CHANGED,
                marker.happened().state(),
                "The data moved to PostgreSQL on " + marker.at() + " (" + marker.where() + "), and " + target.name()
                        + " has no journal of that: it is another database, an empty one, or one that was restored from before.",
                "name the right database, or restore it from a backup. The SQLite file and its backup are as they were"
                        + " when the data moved.",
                null);
    }

    static Refused older(TargetView target, Marker marker) {
        return new Refused(
                Reason.TARGET_CHANGED,
                marker.happened().state(),
                "The application was on " + marker.where() + " since " + marker.at() + ", and the journal of "
                        + target.name() + " does not know that yet: the database was set back to an earlier state.",
                "restore the newest backup of the PostgreSQL database.",
                null);
    }

    static Refused tablesGone(TargetView target, Claim claim) {
        return new Refused(
                Reason.TARGET_CHANGED,
                claim.happened().state(),
                "The journal of " + target.name() + " says that the data is in schema "
                        + claim.frozen().schema() + " since " + claim.at() + ", and none of its tables is there.",
                "restore the PostgreSQL database from a backup; do not start the application on an empty one.",
                null);
    }

    static Refused twoDatabases(Path file, TargetView target, SwitchoverState state) {
        return new Refused(
                Reason.TWO_DATABASES,
                state,
                "The SQLite file " + file + " has rows, and so "
                        + Amount.verb(target.filled().size(), "has ", "have ")
                        + Amount.of(target.filled().size(), "table") + " of "
                        + target.name() + " ("
                        + String.join(
                                ", ",
                                target.filled()
                                        .subList(0, Math.min(5, target.filled().size())))
                        + (target.filled().size() > 5 ? ", …" : "") + "); nothing says that one came from the other.",
                "decide which one holds the data. If it is PostgreSQL, move the SQLite file to another folder; if it is the"
                        + " file, empty the tables of the schema, or name another database.",
                null);
    }

    static Refused anotherSource(Path file, TargetView target, Claim claim, SwitchoverState state) {
        return new Refused(
                Reason.ANOTHER_SOURCE,
                state,
                target.name() + " holds the data of " + claim.frozen().database() + " since " + claim.at()
                        + " (migration " + claim.migrationId() + "), and " + file
                        + " is another database, or was written to since.",
                "name the file that was migrated, or another PostgreSQL database. If the settings are right and the file is"
                        + " out of date, move it to another folder.",
                null);
    }

    static Refused fileMissing(Path file, SwitchoverState state) {
        return new Refused(
                Reason.SOURCE_MISSING,
                state,
                "The data is in the SQLite file " + file + ", and that is not there.",
                "put the file back, or give the right path.",
                null);
    }
}
