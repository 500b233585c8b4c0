package dev.outgrow;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.outgrow.command.Readiness;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.plan.Globs;
import dev.outgrow.internal.plan.OrphanRules;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.run.MigrationRun;
import dev.outgrow.internal.run.Planning;
import dev.outgrow.internal.run.ReadinessLook;
import dev.outgrow.internal.run.Rehearsing;
import dev.outgrow.internal.sqlite.source.SourceDatabase;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.Backup;
import dev.outgrow.option.OrphanPolicy;
import dev.outgrow.option.SmokeTest;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.progress.MigrationListener;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.MigrationStatus;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.validate.Check;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.ValidationReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * A migration of one SQLite database into PostgreSQL.
 *
 * <pre>{@code
 * MigrationReport report = Migration.from(Path.of("app.db")).to(postgres).run();
 * }</pre>
 *
 * <p>Immutable: every option returns a new migration. Safe for use by several threads; two that run the same migration make
 * one. The verbs {@link #plan()}, {@link #rehearse()}, {@link #run()}, {@link #status()} and {@link #validate()} block.
 * Interrupting the thread stops them at the next batch, and leaves a run that the next call resumes.
 *
 * <p>The source is never written. Until everything has been compared nothing appears in the target under the names that the
 * application uses. Into a schema whose tables the migration makes, the unfinished result is in schemas whose names begin with
 * {@code outgrow}; into one that exists, it is in a transaction that has not been committed.
 */
@CheckReturnValue
public final class Migration {
    private final MigrationOptions options;

    private Migration(MigrationOptions options) {
        this.options = options;
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
     * @param sqlite gives connections of sqlite-jdbc, or some that unwrap to them
     */
    public static Migration from(DataSource sqlite) {
        return new Migration(MigrationOptions.of(SourceDatabase.of(Objects.requireNonNull(sqlite, "sqlite"))));
    }

    /**
     * From the SQLite database of a JDBC URL.
     *
     * @param jdbcUrl such as {@code jdbc:sqlite:/var/lib/app/app.db}
     * @throws IllegalArgumentException if it is no URL of SQLite
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
     * @param postgres gives connections of the PostgreSQL JDBC driver, or some that unwrap to them; it must be able to give
     *     as many at once as {@link #parallelism} says, and two more
     */
    public Migration to(DataSource postgres) {
        return new Migration(options.withServer(PgServer.of(Objects.requireNonNull(postgres, "postgres"))));
    }

    /**
     * To the PostgreSQL database of a JDBC URL.
     *
     * @param jdbcUrl such as {@code jdbc:postgresql://localhost/app?user=app}
     * @throws IllegalArgumentException if it is no URL of PostgreSQL
     */
    public Migration to(String jdbcUrl) {
        Objects.requireNonNull(jdbcUrl, "jdbcUrl");
        checkArgument(
                jdbcUrl.startsWith("jdbc:postgresql:"),
                "the URL of the target does not begin with jdbc:postgresql: -- such as jdbc:postgresql://localhost/app?user=app");
        return new Migration(options.withServer(PgServer.of(jdbcUrl)));
    }

    /**
     * Which schema receives the rows, and who makes its tables: the migration ({@link TargetSchema#created}), or the
     * application's own migrations ({@link TargetSchema#existing}). By default the migration, in {@code public}.
     */
    public Migration into(TargetSchema schema) {
        return new Migration(options.withSchema(Objects.requireNonNull(schema, "schema")));
    }

    /** What columns become. The first rule that answers decides; the standard rules come last. By default they are alone. */
    public Migration typeRules(TypeRules rules) {
        return new Migration(options.withTypeRules(Objects.requireNonNull(rules, "rules")));
    }

    /**
     * Migrates only tables whose name matches one of these. By default all.
     *
     * @param tableGlobs names with {@code *} and {@code ?}; the case of ASCII letters does not matter
     */
    public Migration only(String... tableGlobs) {
        return new Migration(options.withOnly(options.only().and(tableGlobs, "tableGlobs")));
    }

    /**
     * Leaves out tables whose name matches one of these. By default none.
     *
     * @param tableGlobs names with {@code *} and {@code ?}; the case of ASCII letters does not matter
     */
    public Migration except(String... tableGlobs) {
        return new Migration(options.withExcept(options.except().and(tableGlobs, "tableGlobs")));
    }

    /**
     * Accepts losses that the plan names, so that they do not stop the run. Adds to what was accepted before; by default
     * nothing is. A value that fits nowhere cannot be accepted away: it needs a rule.
     *
     * @param noticeIdGlobs ids of notices, such as {@code "trigger:users_touch"} or {@code "view:*"}
     */
    public Migration accept(String... noticeIdGlobs) {
        return new Migration(options.withAccepted(options.accepted().and(noticeIdGlobs, "noticeIdGlobs")));
    }

    /**
     * What to do with values that their column's type cannot hold. By default {@link MisfitPolicy#FAIL}. Of no effect in an
     * existing schema, whose columns decide; the plan says so.
     */
    public Migration onMisfit(MisfitPolicy policy) {
        return new Migration(options.withMisfitPolicy(Objects.requireNonNull(policy, "policy")));
    }

    /**
     * What becomes of rows whose parent is missing. By default {@link OrphanPolicy#FAIL}. Adds to what was said before: the first
     * call that speaks of a foreign key decides.
     *
     * @param policy what becomes of them
     * @param foreignKeyGlobs the foreign keys: {@code table.column}, of several columns {@code table.one,other}, or the table, or the
     *     key's name, with {@code *} and {@code ?}; none for all
     */
    public Migration orphans(OrphanPolicy policy, String... foreignKeyGlobs) {
        Globs globs = Globs.NONE.and(foreignKeyGlobs, "foreignKeyGlobs");
        return new Migration(options.withOrphans(
                options.orphans().and(new OrphanRules.Rule(Objects.requireNonNull(policy, "policy"), globs))));
    }

    /** Where the frozen copy is kept, which is read from and is the way back. By default {@link Backup#beside()}. */
    public Migration backup(Backup backup) {
        return new Migration(options.withBackup(Objects.requireNonNull(backup, "backup")));
    }

    /**
     * How many connections work on each side.
     *
     * @param connections at least 1; by default the number of processors, at most 8
     * @throws IllegalArgumentException if it is less than 1
     */
    public Migration parallelism(int connections) {
        checkArgument(connections >= 1, "parallelism is %s; it takes at least 1", connections);
        return new Migration(options.withParallelism(connections));
    }

    /**
     * How long to wait for another instance that is migrating into this schema. The one that waited then returns the report of
     * the other's run. A crashed instance never blocks a new one: the server releases its lock.
     *
     * @param atMost zero for not at all; by default 30 minutes
     * @throws IllegalArgumentException if it is negative
     */
    public Migration lockTimeout(Duration atMost) {
        Objects.requireNonNull(atMost, "atMost");
        checkArgument(!atMost.isNegative(), "lockTimeout is %s; it cannot be negative", atMost);
        return new Migration(options.withLockTimeout(atMost));
    }

    /**
     * How long a connection may stay open and silent before it is asked, on one connection more, whether the server is at work on
     * it. A statement may take as long as it takes. If the server is not, or cannot be asked in that time, the call ends with {@code
     * TARGET_STALLED}, and what it had locked is let go.
     *
     * @param atMost zero for ever; by default 5 minutes
     * @throws IllegalArgumentException if it is negative
     */
    public Migration stallTimeout(Duration atMost) {
        Objects.requireNonNull(atMost, "atMost");
        checkArgument(!atMost.isNegative(), "stallTimeout is %s; it cannot be negative", atMost);
        return new Migration(options.withStallTimeout(atMost));
    }

    /**
     * Adds a question of the application's own, asked of both databases before anything is published. All are asked, also
     * after one has failed.
     *
     * @param name how the report calls it; each name once
     * @param check the question
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Migration check(String name, Check check) {
        return new Migration(options.withChecks(options.checks().and(name, check)));
    }

    /** How much is compared before anything is published. By default {@link Validation#ALL_VALUES}. */
    public Migration validation(Validation validation) {
        return new Migration(options.withValidation(Objects.requireNonNull(validation, "validation")));
    }

    /**
     * Has validation leave a table as soon as it has found so many differences in it; a report says of which tables that is
     * true. By default it goes through every table to its end and lists the first hundred differences of each. A table without
     * a key is read to its end in any case.
     *
     * @param differences at least 1
     * @throws IllegalArgumentException if it is less
     */
    public Migration stopAfterDifferences(int differences) {
        checkArgument(differences >= 1, "differences is %s; it takes at least 1", differences);
        return new Migration(options.withEnoughDifferences(differences));
    }

    /**
     * Whether the application may write to the source during the run. By default it may not: {@link #run()} checks the source
     * once it has looked at all values, and again just before it commits. If anything was committed that the snapshot does
     * not have, the run ends with {@code SOURCE_CHANGED}, and the next call begins with a new snapshot. With {@code true}
     * such writes stay behind in SQLite. It makes no difference with {@link Backup#none()}, where the original itself is
     * read.
     */
    public Migration sourceMayBeWritten(boolean may) {
        return new Migration(options.withSourceMayBeWritten(may));
    }

    /** Receives progress events. None by default. */
    public Migration listener(MigrationListener listener) {
        return new Migration(options.withListener(Objects.requireNonNull(listener, "listener")));
    }

    /** Runs this plan and no other: {@link #run()} refuses if the source or anything else no longer matches it. */
    public Migration planned(MigrationPlan plan) {
        return new Migration(options.withPlanned(Objects.requireNonNull(plan, "plan")));
    }

    /**
     * Runs what was rehearsed and nothing else: {@link #run()} refuses if the schema of a side, the rules, the options or what
     * becomes of a column are not what they were, and names each difference. Rows may differ. The report of the run has what was
     * predicted beside what it took.
     *
     * @param rehearsal of this migration, in any database; as it was returned, or from its JSON
     */
    public Migration rehearsed(Rehearsal rehearsal) {
        return new Migration(options.withRehearsed(Objects.requireNonNull(rehearsal, "rehearsal")));
    }

    /**
     * Adds a test of the application's own of its new database, called at the end of a rehearsal in a database that may be thrown
     * away. All are called, also after one has failed. By default there is none.
     *
     * @param name how the rehearsal calls it; each name once
     * @param test the test, which may write
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Migration smokeTest(String name, SmokeTest test) {
        return new Migration(
                options.withSmokeTest(Objects.requireNonNull(name, "name"), Objects.requireNonNull(test, "test")));
    }

    /**
     * Whether a run could be started now: the source, the target, rights, extensions, schema, books of migration tools, what the plan
     * asks, and room on disk. Makes a plan if it can, and writes nothing that stays. What is wrong is a point of the result, all of
     * it at once, and not thrown.
     *
     * @throws MigrationException {@code INTERRUPTED} or {@code UNEXPECTED}
     */
    public Readiness readiness() {
        return new ReadinessLook(options).look();
    }

    /**
     * What a run would do. Takes a snapshot, looks at every value, and writes nothing that stays. It may be asked before there
     * is a server; if one was named it must be there, and the plan knows its extensions.
     *
     * @return the plan; it may have {@linkplain MigrationPlan#blockers() blockers}
     * @throws MigrationException if the source cannot be read, or the server cannot be reached
     */
    public MigrationPlan plan() {
        return new Planning(options).plan();
    }

    /**
     * Rehearses in the target: does all that {@link #run()} does, by the same code, up to and including the statements of the
     * publication, and takes it back. Afterwards the target is as it was before. It needs no right that {@code run()} does not
     * need, with one exception: if the schema is empty and the app's own migrations are given ({@code preparedBy}), these commit
     * by themselves, so that it is rehearsed in a database of its own, made and dropped on the same server, for which the role
     * needs CREATEDB. The app may go on writing to SQLite meanwhile, unless there is no backup ({@link Backup#none()}).
     *
     * @return what came of it
     * @throws MigrationException if {@code run()} would have thrown one; the target is as it was before
     * @throws IllegalStateException if no target was named
     */
    @CanIgnoreReturnValue
    public Rehearsal rehearse() {
        return new Rehearsing(options).inTarget(server());
    }

    /**
     * Rehearses in a database that may be thrown away, where everything stays: a copy of the application can be started on it. Its
     * journal says that it is a rehearsal, so that {@link #run()} refuses to take it for the migration. The smoke tests are
     * called there.
     *
     * @param disposable gives connections of the PostgreSQL JDBC driver to a database other than the target; no target need be
     *     named
     * @return what came of it
     * @throws MigrationException if {@code run()} would have thrown one, or a smoke test failed
     */
    @CanIgnoreReturnValue
    public Rehearsal rehearse(DataSource disposable) {
        return new Rehearsing(options)
                .into(PgServer.of(Objects.requireNonNull(disposable, "disposable"))
                        .within(options.stallTimeout()));
    }

    /**
     * Likewise.
     *
     * @param disposableUrl the JDBC URL of that database
     * @throws MigrationException as {@link #rehearse(DataSource)}
     * @throws IllegalArgumentException as {@link #to(String)}
     */
    @CanIgnoreReturnValue
    public Rehearsal rehearse(String disposableUrl) {
        return new Rehearsing(options).into(to(disposableUrl).server());
    }

    /**
     * How this migration stands, without changing anything: whether a run is recorded in the target, whether it finished, and
     * whether source and target are still those of it. A copy of the source is made for the comparison, and removed.
     *
     * @throws MigrationException if a side cannot be read
     * @throws IllegalStateException if no target was named
     */
    public MigrationStatus status() {
        return new MigrationRun(options, server()).status();
    }

    /**
     * Migrates. Returns only if everything arrived, was compared and is published. Called again after a run that was cut off
     * it resumes; called again after it worked it returns the recorded report.
     *
     * @return what was done
     * @throws MigrationException if it did not work; {@link MigrationException#reason()} says why, {@link
     *     MigrationException#remedy()} what to do. Nothing is published then
     * @throws IllegalStateException if no target was named
     */
    @CanIgnoreReturnValue
    public MigrationReport run() {
        return new MigrationRun(options, server()).run();
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
        return new MigrationRun(options, server()).validate();
    }

    /**
     * Drops what an unfinished run left in the target, and only that; a finished one is not touched.
     *
     * @return whether there was an unfinished run
     * @throws MigrationException if the server cannot be reached, or another instance is migrating
     * @throws IllegalStateException if no target was named
     */
    @CanIgnoreReturnValue
    public boolean discardUnfinished() {
        return new MigrationRun(options, server()).discardUnfinished();
    }

    /** What was said of it. */
    MigrationOptions options() {
        return options;
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
        return new MigrationRun(options, server()).forget();
    }

    private PgServer server() {
        return options.target()
                .orElseThrow(() -> new IllegalStateException(
                        "No target was named: say .to(dataSource) or .to(\"jdbc:postgresql:…\") first."));
    }
}
