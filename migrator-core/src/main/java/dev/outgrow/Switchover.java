package dev.outgrow;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.WrongDatabaseException;
import dev.outgrow.internal.notice.Globs;
import dev.outgrow.internal.switchover.SwitchoverOptions;
import dev.outgrow.internal.switchover.Switchovers;
import dev.outgrow.option.Backup;
import dev.outgrow.option.SmokeTest;
import dev.outgrow.option.WayBack;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.LateWrites;
import dev.outgrow.switchover.RollBackReport;
import dev.outgrow.switchover.SwitchoverStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Says at every start of an application which database is the right one, and makes the switch.
 *
 * <pre>{@code
 * Switchover switchover = Switchover.of(Migration.from(file).to(postgres));   // no .to(…) if the settings name no PostgreSQL
 * switch (switchover.active()) {
 *     case SQLITE -> startOn(file);
 *     case MIGRATION_DUE -> { switchover.switchOver(); startOn(postgres); }
 *     case POSTGRES -> startOn(postgres);
 * }
 * }</pre>
 *
 * <p>Nothing is remembered in between: what happened is recorded as events in the journal in PostgreSQL and in a marker
 * beside the SQLite file ({@code app.db.outgrow-switchover}). Each verb looks at both. Immutable: every option returns
 * a new switchover. Safe for use by several threads and processes: one of them switches, and the others then find it
 * done.
 */
@CheckReturnValue
public final class Switchover {
    private final SwitchoverOptions options;

    private Switchover(SwitchoverOptions options) {
        this.options = options;
    }

    /**
     * The switchover of a migration.
     *
     * @param migration from a file; with a target if and only if the application's settings name PostgreSQL
     * @throws IllegalArgumentException if the migration keeps no backup, without which late writes could not be
     *     recognised
     */
    public static Switchover of(Migration migration) {
        Objects.requireNonNull(migration, "migration");
        checkArgument(
                migration.options().backup().place() != Backup.Place.NOWHERE,
                "a switchover needs the backup: it is the way back, and late writes are found by it");
        return new Switchover(SwitchoverOptions.of(migration.options()));
    }

    /**
     * Calls the application's own hook before the file is frozen, so that the application can end its writes in good
     * order.
     *
     * @param hook anything it throws ends the switch before anything was begun; by default nothing is called
     */
    public Switchover quiesce(Runnable hook) {
        return new Switchover(options.withQuiesce(Objects.requireNonNull(hook, "hook")));
    }

    /**
     * How long to wait for processes that have a write transaction open, before the switch gives up and names them.
     *
     * @param atMost zero for not waiting at all; by default 30 seconds
     * @throws IllegalArgumentException if it is negative
     */
    public Switchover freezeTimeout(Duration atMost) {
        Objects.requireNonNull(atMost, "atMost");
        checkArgument(!atMost.isNegative(), "freezeTimeout is %s; it cannot be negative", atMost);
        return new Switchover(options.withFreezeTimeout(atMost));
    }

    /**
     * Whether the old file loses its write permission once the data is published, so that a forgotten worker fails
     * loudly. The way back restores it. By default the file loses it.
     */
    public Switchover seal(boolean seal) {
        return new Switchover(options.withSeal(seal));
    }

    /**
     * Whether the application must be able to go back to SQLite after the switch, with what was written to PostgreSQL
     * since. There is no default: if the plan has {@code wayback:…} notices about something that could not be carried
     * back, {@link #switchOver()} refuses with {@code PLAN_BLOCKED} until this is set. If the way back is required,
     * each of these notices has to be accepted on the migration. A plan without such notices needs no answer.
     */
    public Switchover wayBack(WayBack wayBack) {
        return new Switchover(options.withWayBack(Objects.requireNonNull(wayBack, "wayBack")));
    }

    /**
     * Adds a test of the application's own to those of the migration. They run on the target once the data is published
     * and before anybody uses it. Unless all of them pass, the switch is taken back.
     *
     * @param name how messages call it; each name once
     * @param test the test
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Switchover smokeTest(String name, SmokeTest test) {
        return new Switchover(
                options.withSmokeTest(Objects.requireNonNull(name, "name"), Objects.requireNonNull(test, "test")));
    }

    /**
     * Leaves late writes to these tables behind, so that {@link #active()} does not refuse because of them. By default none.
     *
     * @param tableGlobs names with {@code *} and {@code ?}; {@code sqlite_schema} stands for a change of the file's
     *     schema, and for writes that cannot be told apart because the backup is gone
     */
    public Switchover acceptLateWrites(String... tableGlobs) {
        Objects.requireNonNull(tableGlobs, "tableGlobs");
        List<String> globs = new ArrayList<>(options.acceptedLateWrites().globs());
        for (String glob : tableGlobs) {
            globs.add(Objects.requireNonNull(glob, "tableGlobs"));
        }
        return new Switchover(options.withAcceptedLateWrites(new Globs(globs)));
    }

    /**
     * Which database is the right one, judging by what both sides hold. Never guesses: if starting on either could lose
     * data, it refuses. Makes a lost marker anew.
     *
     * @throws WrongDatabaseException if the application must not start; {@link WrongDatabaseException#reason()} says why
     * @throws MigrationException if the source is not a file, or cannot be read where it has to be
     */
    public ActiveDatabase active() {
        return new Switchovers(options).active();
    }

    /**
     * Switches: freezes the file, migrates, compares, publishes, seals the file, runs the smoke tests. If called again
     * after it was cut off, it continues; if called again after it worked, it returns the recorded report. Waits for
     * another instance that is switching.
     *
     * @return what the migration did
     * @throws MigrationException if it did not work: the application is then on SQLite as before, or, if the server was
     *     lost or the process killed, the next call continues
     * @throws WrongDatabaseException as {@link #active()}
     * @throws IllegalStateException if no target was named
     */
    @CanIgnoreReturnValue
    public MigrationReport switchOver() {
        return new Switchovers(options).switchOver();
    }

    /**
     * Copies ahead of the switch, beside the running application, so that {@link #switchOver()} has less to do while nobody may
     * write: loads a snapshot into PostgreSQL and compares every value, and publishes nothing. The application continues on SQLite, and
     * {@link #active()} says what it said before. May be called as often as wanted: each call brings the copy to the present state of
     * the file, or begins anew if the plan has changed; if one was cut off, the next continues or begins anew.
     *
     * <p>{@code switchOver()} then compares the frozen file with the state that was copied, page by page, and applies the rows that
     * were inserted, changed or deleted since; tables for which that cannot be done are loaded anew as a whole: those without a
     * primary key or WITHOUT ROWID, the content of full-text indexes, those with a converter of the application's own, and those of
     * which more than a fifth has changed. Foreign keys that the differences may concern are checked again. Then all values of all tables
     * are compared, as after every load, so that nothing depends on the copy having been left alone in PostgreSQL. If it cannot be
     * used for whatever reason, all is loaded anew, and the report says why: {@link MigrationReport#copiedAhead()}, beside {@link
     * MigrationReport#downtime()}.
     *
     * <p>Until the switch, the copy takes as much room in PostgreSQL as the result will, in a schema of its own, and a file as large
     * as the database lies beside the backup ({@code app.db.outgrow-ahead-…}). {@link Migration#discardUnfinished()} drops both. A
     * {@link Migration#run()} takes the copy up, too.
     *
     * @return what was copied and compared; {@link MigrationReport#toText()} calls it not moved yet
     * @throws MigrationException {@code COPY_AHEAD_REFUSED} if the tables are the application's own or spread over a cluster, if not
     *     all values are to be compared, or if PostgreSQL holds what a switch has published; else as {@link #switchOver()}
     * @throws WrongDatabaseException as {@link #active()}
     * @throws IllegalStateException if no target was named
     */
    @CanIgnoreReturnValue
    public MigrationReport copyAhead() {
        return new Switchovers(options).copyAhead();
    }

    /**
     * How the switchover stands. Reads only. If the application is on PostgreSQL, it compares all values to say what
     * going back would cost. If {@link #active()} would refuse, the status has the {@linkplain
     * SwitchoverStatus#refusal() refusal}.
     *
     * @throws MigrationException if the source is not a file, or cannot be read where it has to be
     */
    public SwitchoverStatus status() {
        return new Switchovers(options).status();
    }

    /**
     * Carries over to PostgreSQL what was written to the SQLite file after it was frozen, in one transaction: rows that
     * are new, changed or gone, if PostgreSQL still has what was migrated. Triggers of the target are silent meanwhile.
     *
     * @return what was carried over; empty if there was nothing
     * @throws MigrationException {@code LATE_WRITES_CONFLICT} if a row was changed on both sides, with its key; nothing is written
     *     then
     * @throws WrongDatabaseException as {@link #active()}, but for late writes
     * @throws IllegalStateException if no target was named
     */
    @CanIgnoreReturnValue
    public LateWrites carryLateWrites() {
        return new Switchovers(options).carryLateWrites();
    }

    /**
     * Goes back to SQLite, with all that was written to PostgreSQL since the switch, into a new file: it begins as the
     * frozen backup, byte for byte, and gets the rows that were inserted, changed and deleted since. Rows that are
     * unchanged in PostgreSQL keep the bytes they had; new values take the form that most others of their column have.
     * The schema is the application's own and stays as it is; triggers and foreign keys do not act. Before the file
     * gets its name, every value is compared and SQLite's own checks are run: {@code integrity_check} and {@code
     * foreign_key_check} of the whole file up to 64 MiB; beyond that {@code quick_check} of the whole file, and the two of
     * all tables but those whose indexes and parents are shown to be as in the backup except for what was written. The old
     * file is not touched, except that it gets back its write permission. The hook of {@link #quiesce} is called first.
     * PostgreSQL's tables are locked against writes meanwhile; writers have {@link #freezeTimeout} to end.
     *
     * <p>If the process is killed at any point, PostgreSQL holds the data as before. Afterwards {@link #active()} says
     * {@code SQLITE} if the settings name the new file, and the application can switch again from there, in the next
     * round.
     *
     * @param newFile the path of the file; nothing may be there yet
     * @return what was carried back
     * @throws MigrationException {@code NO_WAY_BACK} if something cannot be carried back, with its table, keys and count, until
     *     {@link Migration#accept} leaves it behind; {@code NEW_FILE_UNUSABLE} if the file cannot be made; {@code TARGET_BUSY}
     *     if writers do not end; nothing has changed then
     * @throws WrongDatabaseException as {@link #active()}
     * @throws IllegalStateException if no target was named
     */
    @CanIgnoreReturnValue
    public RollBackReport rollBack(Path newFile) {
        Objects.requireNonNull(newFile, "newFile");
        return new Switchovers(options).rollBack(newFile);
    }

    /**
     * Does all that {@link #rollBack} does, into a file that is thrown away. The application may go on writing to PostgreSQL
     * meanwhile; the hook of {@link #quiesce} is not called.
     *
     * @return what would be carried back, and how long it took
     * @throws MigrationException as {@link #rollBack}
     * @throws WrongDatabaseException as {@link #active()}
     * @throws IllegalStateException if no target was named
     */
    @CanIgnoreReturnValue
    public RollBackReport rehearseRollBack() {
        return new Switchovers(options).rehearseRollBack();
    }

    /**
     * Ends the switchover: archives reports and events beside the backup, and gives up the way back. The old file stays
     * where it is and as it is, without write permission if it was sealed.
     *
     * <p>Late writes are looked for one last time, as {@link #active()} does, and from then on no more: what is written
     * to the old file afterwards is nobody's loss to find. A process whose settings still name the file is refused as before
     * ({@code MOVED_ON}).
     *
     * @return the archive, a zip; its {@code what-is-final.txt} says what can no longer be undone
     * @throws MigrationException if no switch brought the application to PostgreSQL, or the archive cannot be written
     * @throws WrongDatabaseException as {@link #active()}
     * @throws IllegalStateException if no target was named
     */
    @CanIgnoreReturnValue
    public Path retire() {
        return new Switchovers(options).retire();
    }
}
