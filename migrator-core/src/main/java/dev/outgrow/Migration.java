package dev.outgrow;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.outgrow.command.Readiness;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.run.MigrationRun;
import dev.outgrow.internal.run.Planning;
import dev.outgrow.internal.run.ReadinessLook;
import dev.outgrow.internal.run.Rehearsing;
import dev.outgrow.internal.sqlite.source.SourceDatabase;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.Backup;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.MigrationStatus;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.validate.ValidationReport;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * A migration of one SQLite database into PostgreSQL.
 *
 * <pre>{@code
 * MigrationReport report = Migration.from(Path.of("app.db")).to(postgres).run();
 * }</pre>
 *
 * <p>Immutable: every option returns a new migration. Safe for use by several threads; two that run the same migration
 * make one. The verbs {@link #plan()}, {@link #rehearse()}, {@link #run()}, {@link #status()} and {@link #validate()}
 * block. Interrupting the thread stops them at the next batch and leaves a run that the next call resumes.
 *
 * <p>The source is never written. Until everything has been compared, nothing appears in the target under the names
 * that the application uses. If the migration makes the tables, the unfinished result is in schemas whose names begin
 * with {@code outgrow}; if the schema exists, it is in a transaction that has not been committed.
 */
@CheckReturnValue
public final class Migration extends MigrationSettings {
    private Migration(MigrationOptions given) {
        super(given);
    }

    /**
     * From a SQLite file. Nothing is opened yet.
     *
     * @param file the database; a {@code -wal} or {@code -journal} file beside it belongs to it
     */
    public static Migration from(Path file) {
        Objects.requireNonNull(file, "file");
        checkArgument(
                !file.toString().startsWith("jdbc:"),
                "the path of the source is a JDBC URL: give it as a String, Migration.from(\"jdbc:sqlite:…\")");
        return new Migration(MigrationOptions.of(SourceDatabase.of(file)));
    }

    /**
     * From the SQLite database to which a DataSource connects; it may be one in memory.
     *
     * @param sqlite gives connections of sqlite-jdbc, or connections that unwrap to them
     */
    public static Migration from(DataSource sqlite) {
        return new Migration(MigrationOptions.of(SourceDatabase.of(Objects.requireNonNull(sqlite, "sqlite"))));
    }

    /**
     * From the SQLite database of a JDBC URL.
     *
     * @param jdbcUrl such as {@code jdbc:sqlite:/var/lib/app/app.db}
     * @throws IllegalArgumentException if it is not a URL of SQLite
     */
    public static Migration from(String jdbcUrl) {
        Objects.requireNonNull(jdbcUrl, "jdbcUrl");
        checkArgument(
                jdbcUrl.startsWith("jdbc:sqlite:"),
                "the URL of the source does not begin with jdbc:sqlite: -- for a file say Migration.from(Path.of(\"app.db\"))");
        return new Migration(MigrationOptions.of(SourceDatabase.of(jdbcUrl)));
    }

    /**
     * To the PostgreSQL database of a DataSource.
     *
     * <p>An engine that only looks like PostgreSQL and would break a law of a migration is refused with {@code
     * TARGET_UNFIT}, by name if it is a known one. No option overrides this; any other engine is a target.
     *
     * @param postgres gives connections of the PostgreSQL JDBC driver, or connections that unwrap to them. It must be
     *     able to give two more at once than {@link #parallelism} says
     */
    public Migration to(DataSource postgres) {
        return new Migration(options().withServer(PgServer.of(Objects.requireNonNull(postgres, "postgres"))));
    }

    /**
     * To the PostgreSQL database of a JDBC URL.
     *
     * @param jdbcUrl such as {@code jdbc:postgresql://localhost/app?user=app}
     * @throws IllegalArgumentException if it is not a URL of PostgreSQL
     */
    public Migration to(String jdbcUrl) {
        Objects.requireNonNull(jdbcUrl, "jdbcUrl");
        checkArgument(
                jdbcUrl.startsWith("jdbc:postgresql:"),
                "the URL of the target does not begin with jdbc:postgresql: -- such as jdbc:postgresql://localhost/app?user=app");
        return new Migration(options().withServer(PgServer.of(jdbcUrl)));
    }

    /**
     * Whether a run could be started now: the source, the target, rights, extensions, schema, books of migration tools,
     * what the plan asks, and room on disk. Makes a plan if it can, and writes nothing that stays. Everything that is
     * wrong is a point of the result; nothing of it is thrown.
     *
     * @throws MigrationException {@code INTERRUPTED} or {@code UNEXPECTED}
     */
    public Readiness readiness() {
        return new ReadinessLook(options()).look();
    }

    /**
     * What a run would do. Takes a snapshot, looks at every value, and writes nothing that stays. It may be called
     * before a server is named; a server that is named must be reachable, and the plan takes its extensions into
     * account.
     *
     * @return the plan; it may have {@linkplain MigrationPlan#blockers() blockers}
     * @throws MigrationException if the source cannot be read, or the server cannot be reached
     */
    public MigrationPlan plan() {
        return new Planning(options()).plan();
    }

    /**
     * Rehearses in the target: does all that {@link #run()} does, by the same code, up to and including the statements
     * of the publication, and takes it back. Afterwards the target is as it was before. It needs the same rights as
     * {@code run()}, with one exception: if the schema is empty and the app's own migrations are given ({@code
     * preparedBy}), they commit by themselves. Then the rehearsal makes a database of its own on the same server and
     * drops it afterwards, for which the role needs CREATEDB. The app may go on writing to SQLite meanwhile, unless
     * there is no backup ({@link Backup#none()}).
     *
     * @return what came of it
     * @throws MigrationException if {@code run()} would have thrown one; the target is as it was before
     * @throws IllegalStateException if no target was named
     */
    @CanIgnoreReturnValue
    public Rehearsal rehearse() {
        return new Rehearsing(options()).inTarget(server());
    }

    /**
     * Rehearses in a disposable database, where everything stays: a copy of the application can be started on it. Its
     * journal says that it is a rehearsal, so {@link #run()} refuses to take it for the migration. Calls the smoke
     * tests there.
     *
     * @param disposable gives connections of the PostgreSQL JDBC driver to a database other than the target, which need
     *     not be named
     * @return what came of it
     * @throws MigrationException if {@code run()} would have thrown one, or a smoke test failed
     */
    @CanIgnoreReturnValue
    public Rehearsal rehearse(DataSource disposable) {
        return new Rehearsing(options())
                .into(PgServer.of(Objects.requireNonNull(disposable, "disposable"))
                        .within(options().stallTimeout()));
    }

    /**
     * The same with a JDBC URL.
     *
     * @param disposableUrl the JDBC URL of that database
     * @throws MigrationException as {@link #rehearse(DataSource)}
     * @throws IllegalArgumentException as {@link #to(String)}
     */
    @CanIgnoreReturnValue
    public Rehearsal rehearse(String disposableUrl) {
        return new Rehearsing(options()).into(to(disposableUrl).server());
    }

    /**
     * How this migration stands, without changing anything: whether a run is recorded in the target, whether it
     * finished, and whether source and target are still as it left them. Makes a copy of the source for the comparison,
     * and removes it.
     *
     * @throws MigrationException if a side cannot be read
     * @throws IllegalStateException if no target was named
     */
    public MigrationStatus status() {
        return new MigrationRun(options(), server()).status();
    }

    /**
     * Migrates. Returns only if everything arrived, was compared and is published. If called again after a run that was
     * cut off, it resumes; if called again after a run that worked, it returns the recorded report.
     *
     * @return what was done
     * @throws MigrationException if it did not work; {@link MigrationException#reason()} says why, {@link
     *     MigrationException#remedy()} what to do. Nothing is published then
     * @throws IllegalStateException if no target was named
     */
    @CanIgnoreReturnValue
    public MigrationReport run() {
        return new MigrationRun(options(), server()).run();
    }

    /**
     * Compares the two databases as they stand now, at any time after a run. Rows that only the target has, by their key,
     * count as written since. Writes nothing.
     *
     * @return what was found; differences do not throw
     * @throws MigrationException if a side cannot be read
     * @throws IllegalStateException if no target was named
     */
    public ValidationReport validate() {
        return new MigrationRun(options(), server()).validate();
    }

    /**
     * Drops what an unfinished run left in the target, and only that; does not touch a finished one.
     *
     * @return whether there was an unfinished run
     * @throws MigrationException if the server cannot be reached, or another instance is migrating
     * @throws IllegalStateException if no target was named
     */
    @CanIgnoreReturnValue
    public boolean discardUnfinished() {
        return new MigrationRun(options(), server()).discardUnfinished();
    }

    /**
     * Forgets that there was a migration into the target schema: drops its record in the journal, what an unfinished run has made,
     * and staging schemas of this target schema that the journal does not know any more. Tables that were published stay, and so do
     * the records of other schemas. The next {@link #run()} begins anew.
     *
     * @return whether there was something to forget
     * @throws MigrationException if the server cannot be reached, or another instance is migrating
     * @throws IllegalStateException if no target was named
     */
    @CanIgnoreReturnValue
    public boolean forget() {
        return new MigrationRun(options(), server()).forget();
    }

    @Override
    Migration with(MigrationOptions changed) {
        return new Migration(changed);
    }

    private PgServer server() {
        return options()
                .target()
                .orElseThrow(() -> new IllegalStateException(
                        "No target was named: say .to(dataSource) or .to(\"jdbc:postgresql:…\") first."));
    }
}
