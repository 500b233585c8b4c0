package dev.outgrow;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.outgrow.internal.notice.Globs;
import dev.outgrow.internal.notice.OrphanRules;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.Backup;
import dev.outgrow.option.OrphanPolicy;
import dev.outgrow.option.SmokeTest;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.progress.MigrationListener;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.validate.Check;
import dev.outgrow.validate.Validation;
import java.time.Duration;
import java.util.Objects;

/**
 * The options of a migration. Each returns a new {@link Migration} and leaves this one as it is. Users see them as
 * methods of {@code Migration}.
 */
@CheckReturnValue
abstract sealed class MigrationSettings permits Migration {
    private final MigrationOptions options;

    MigrationSettings(MigrationOptions options) {
        this.options = options;
    }

    /** The options as they stand. */
    MigrationOptions options() {
        return options;
    }

    /** A migration with these options instead. */
    abstract Migration with(MigrationOptions changed);

    /**
     * Which schema receives the rows, and who makes its tables: the migration ({@link TargetSchema#created}), or the
     * application's own migrations ({@link TargetSchema#existing}). By default the migration, in {@code public}.
     */
    public Migration into(TargetSchema schema) {
        return with(options().withSchema(Objects.requireNonNull(schema, "schema")));
    }

    /**
     * What columns become. The first rule that answers decides; the standard rules come last. By default there are no
     * others.
     */
    public Migration typeRules(TypeRules rules) {
        return with(options().withTypeRules(Objects.requireNonNull(rules, "rules")));
    }

    /**
     * Migrates only tables whose name matches one of these. By default all.
     *
     * @param tableGlobs names with {@code *} and {@code ?}; the case of ASCII letters does not matter
     */
    public Migration only(String... tableGlobs) {
        return with(options().withOnly(options().only().and(tableGlobs, "tableGlobs")));
    }

    /**
     * Leaves out tables whose name matches one of these. By default none.
     *
     * @param tableGlobs names with {@code *} and {@code ?}; the case of ASCII letters does not matter
     */
    public Migration except(String... tableGlobs) {
        return with(options().withExcept(options().except().and(tableGlobs, "tableGlobs")));
    }

    /**
     * Accepts losses that the plan names, so that they do not stop the run. Adds to what was accepted before; by
     * default nothing is. Accepting does not help with a value that fits nowhere: it needs a rule.
     *
     * @param noticeIdGlobs ids of notices, such as {@code "trigger:users_touch"} or {@code "view:*"}
     */
    public Migration accept(String... noticeIdGlobs) {
        return with(options().withAccepted(options().accepted().and(noticeIdGlobs, "noticeIdGlobs")));
    }

    /**
     * What to do with values that their column's type cannot hold. By default {@link MisfitPolicy#FAIL}. Has no effect
     * in an existing schema, whose columns decide; the plan says so.
     */
    public Migration onMisfit(MisfitPolicy policy) {
        return with(options().withMisfitPolicy(Objects.requireNonNull(policy, "policy")));
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
        return with(options()
                .withOrphans(options()
                        .orphans()
                        .and(new OrphanRules.Rule(Objects.requireNonNull(policy, "policy"), globs))));
    }

    /**
     * Where to keep the frozen copy, from which everything is read and which is the way back. By default {@link
     * Backup#beside()}.
     */
    public Migration backup(Backup backup) {
        return with(options().withBackup(Objects.requireNonNull(backup, "backup")));
    }

    /**
     * How many connections work on each side.
     *
     * @param connections at least 1; by default the number of processors, at most 8
     * @throws IllegalArgumentException if it is less than 1
     */
    public Migration parallelism(int connections) {
        checkArgument(connections >= 1, "parallelism is %s; it takes at least 1", connections);
        return with(options().withParallelism(connections));
    }

    /**
     * How long to wait for another instance that is migrating into this schema. The one that waited then returns the report of
     * the other's run. A crashed instance never blocks a new one: the server releases its lock.
     *
     * @param atMost zero for not waiting at all; by default 30 minutes
     * @throws IllegalArgumentException if it is negative
     */
    public Migration lockTimeout(Duration atMost) {
        Objects.requireNonNull(atMost, "atMost");
        checkArgument(!atMost.isNegative(), "lockTimeout is %s; it cannot be negative", atMost);
        return with(options().withLockTimeout(atMost));
    }

    /**
     * How long a connection may stay open and silent before the server is asked, on an extra connection, whether it is
     * still working on the statement. A statement may take as long as it needs. If the server is not working on it, or
     * does not answer within that time, the call ends with {@code TARGET_STALLED} and releases its locks.
     *
     * @param atMost zero for unlimited; by default 5 minutes
     * @throws IllegalArgumentException if it is negative
     */
    public Migration stallTimeout(Duration atMost) {
        Objects.requireNonNull(atMost, "atMost");
        checkArgument(!atMost.isNegative(), "stallTimeout is %s; it cannot be negative", atMost);
        return with(options().withStallTimeout(atMost));
    }

    /**
     * Adds a question of the application's own, asked of both databases before anything is published. All of them are
     * asked, even after one has failed.
     *
     * @param name how the report calls it; each name once
     * @param check the question
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Migration check(String name, Check check) {
        return with(options().withChecks(options().checks().and(name, check)));
    }

    /** How much is compared before anything is published. By default {@link Validation#ALL_VALUES}. */
    public Migration validation(Validation validation) {
        return with(options().withValidation(Objects.requireNonNull(validation, "validation")));
    }

    /**
     * Stops the comparison of a table as soon as it has found this many differences; the report says which tables were
     * not compared to the end. By default every table is compared to its end, and the report lists the first hundred
     * differences of each. A table without a key is always read to its end.
     *
     * @param differences at least 1
     * @throws IllegalArgumentException if it is less
     */
    public Migration stopAfterDifferences(int differences) {
        checkArgument(differences >= 1, "differences is %s; it takes at least 1", differences);
        return with(options().withEnoughDifferences(differences));
    }

    /**
     * Whether the application may write to the source during the run. By default it may not: {@link Migration#run()} checks the
     * source once it has looked at all values, and again just before it commits. If anything was committed that the
     * snapshot does not have, the run ends with {@code SOURCE_CHANGED}, and the next call begins with a new snapshot.
     * With {@code true} such writes stay behind in SQLite. It has no effect with {@link Backup#none()}, which reads the
     * original itself.
     */
    public Migration sourceMayBeWritten(boolean may) {
        return with(options().withSourceMayBeWritten(may));
    }

    /** Receives progress events. None by default. */
    public Migration listener(MigrationListener listener) {
        return with(options().withListener(Objects.requireNonNull(listener, "listener")));
    }

    /** Runs this plan and no other: {@link Migration#run()} refuses if the source or anything else no longer matches it. */
    public Migration planned(MigrationPlan plan) {
        return with(options().withPlanned(Objects.requireNonNull(plan, "plan")));
    }

    /**
     * Runs what was rehearsed and nothing else: {@link Migration#run()} refuses if either schema, the rules, the options or what
     * becomes of a column have changed, and names each difference. Rows may differ. The report of the run shows what
     * was predicted beside what it took.
     *
     * @param rehearsal a rehearsal of this migration in any database, as it was returned or read from its JSON
     */
    public Migration rehearsed(Rehearsal rehearsal) {
        return with(options().withRehearsed(Objects.requireNonNull(rehearsal, "rehearsal")));
    }

    /**
     * Adds the application's own test of its new database. A rehearsal in a disposable database ends with all of them, even
     * after one has failed; a {@link Switchover} calls them on the target once the data is published, and the first that fails takes the
     * switch back. {@link Migration#run()} calls none. By default there are none.
     *
     * @param name how the rehearsal calls it; each name once
     * @param test the test, which may write
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Migration smokeTest(String name, SmokeTest test) {
        return with(
                options().withSmokeTest(Objects.requireNonNull(name, "name"), Objects.requireNonNull(test, "test")));
    }
}
