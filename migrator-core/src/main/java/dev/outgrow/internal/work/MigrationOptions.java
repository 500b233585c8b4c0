package dev.outgrow.internal.work;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import dev.outgrow.internal.notice.Globs;
import dev.outgrow.internal.notice.OrphanRules;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.sqlite.source.SourceDatabase;
import dev.outgrow.option.Backup;
import dev.outgrow.option.SmokeTest;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.progress.MigrationListener;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.validate.Checks;
import dev.outgrow.validate.Validation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a caller has said about a migration. Immutable.
 *
 * @param source the SQLite database
 * @param server the PostgreSQL database; absent while only a plan is asked for
 * @param stallTimeout how long a connection may be silent without the server working on it; zero for unlimited
 * @param sourceMayBeWritten whether a run goes on although somebody writes to the source
 * @param planned the only plan that may be carried out
 * @param rehearsed the rehearsal that the run must match
 * @param smokeTests the app's own tests of the new database, by name
 * @param enoughDifferences after how many differences the comparison of a table stops; 0 for never
 */
public record MigrationOptions(
        SourceDatabase source,
        @Nullable PgServer server,
        TargetSchema schema,
        TypeRules typeRules,
        Globs only,
        Globs except,
        Globs accepted,
        MisfitPolicy misfitPolicy,
        OrphanRules orphans,
        Backup backup,
        int parallelism,
        Duration lockTimeout,
        Duration stallTimeout,
        Checks checks,
        Validation validation,
        int enoughDifferences,
        MigrationListener listener,
        @Nullable MigrationPlan planned,
        boolean sourceMayBeWritten,
        @Nullable Rehearsal rehearsed,
        Map<String, SmokeTest> smokeTests) {
    public MigrationOptions {
        smokeTests = ImmutableMap.copyOf(smokeTests);
    }

    /** The defaults: schema public, standard rules, all tables, nothing accepted, a backup beside the source. */
    public static MigrationOptions of(SourceDatabase source) {
        return new MigrationOptions(
                source,
                null,
                TargetSchema.created("public"),
                TypeRules.standard(),
                Globs.NONE,
                Globs.NONE,
                Globs.NONE,
                MisfitPolicy.FAIL,
                OrphanRules.NONE,
                Backup.beside(),
                Math.min(8, Runtime.getRuntime().availableProcessors()),
                Duration.ofMinutes(30),
                Duration.ofMinutes(5),
                Checks.none(),
                Validation.ALL_VALUES,
                0,
                new MigrationListener() {},
                null,
                false,
                null,
                Map.of());
    }

    /** The server, if the caller has named one. */
    public Optional<PgServer> target() {
        return Optional.ofNullable(server).map(known -> known.within(stallTimeout));
    }

    public MigrationOptions withSource(SourceDatabase value) {
        return with(draft -> draft.source = value);
    }

    public MigrationOptions withServer(PgServer value) {
        return with(draft -> draft.server = value);
    }

    /** The same options without a target. */
    public MigrationOptions withoutServer() {
        return with(draft -> draft.server = null);
    }

    public MigrationOptions withSchema(TargetSchema value) {
        return with(draft -> draft.schema = value);
    }

    public MigrationOptions withTypeRules(TypeRules value) {
        return with(draft -> draft.typeRules = value);
    }

    public MigrationOptions withOnly(Globs value) {
        return with(draft -> draft.only = value);
    }

    public MigrationOptions withExcept(Globs value) {
        return with(draft -> draft.except = value);
    }

    public MigrationOptions withAccepted(Globs value) {
        return with(draft -> draft.accepted = value);
    }

    public MigrationOptions withMisfitPolicy(MisfitPolicy value) {
        return with(draft -> draft.misfitPolicy = value);
    }

    public MigrationOptions withOrphans(OrphanRules value) {
        return with(draft -> draft.orphans = value);
    }

    public MigrationOptions withBackup(Backup value) {
        return with(draft -> draft.backup = value);
    }

    public MigrationOptions withParallelism(int value) {
        return with(draft -> draft.parallelism = value);
    }

    public MigrationOptions withLockTimeout(Duration value) {
        return with(draft -> draft.lockTimeout = value);
    }

    public MigrationOptions withStallTimeout(Duration value) {
        return with(draft -> draft.stallTimeout = value);
    }

    public MigrationOptions withChecks(Checks value) {
        return with(draft -> draft.checks = value);
    }

    public MigrationOptions withValidation(Validation value) {
        return with(draft -> draft.validation = value);
    }

    public MigrationOptions withEnoughDifferences(int value) {
        return with(draft -> draft.enoughDifferences = value);
    }

    public MigrationOptions withListener(MigrationListener value) {
        return with(draft -> draft.listener = value);
    }

    public MigrationOptions withPlanned(MigrationPlan value) {
        return with(draft -> draft.planned = value);
    }

    public MigrationOptions withSourceMayBeWritten(boolean value) {
        return with(draft -> draft.sourceMayBeWritten = value);
    }

    /**
     * Runs only what was rehearsed.
     *
     * @param value the rehearsal; null for no restriction
     */
    public MigrationOptions withRehearsed(@Nullable Rehearsal value) {
        return with(draft -> draft.rehearsed = value);
    }

    /**
     * Adds a test of the app's own.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public MigrationOptions withSmokeTest(String name, SmokeTest test) {
        checkArgument(!name.isBlank(), "the name of a smoke test is blank");
        checkArgument(!smokeTests.containsKey(name), "there are two smoke tests of the name '%s'", name);
        Map<String, SmokeTest> all = new LinkedHashMap<>(smokeTests);
        all.put(name, test);
        return with(draft -> draft.smokeTests = all);
    }

    private MigrationOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** A builder for changing one option: a record cannot be copied with one component changed. */
    private static final class Draft {
        private SourceDatabase source;
        private @Nullable PgServer server;
        private TargetSchema schema;
        private TypeRules typeRules;
        private Globs only;
        private Globs except;
        private Globs accepted;
        private MisfitPolicy misfitPolicy;
        private OrphanRules orphans;
        private Backup backup;
        private int parallelism;
        private Duration lockTimeout;
        private Duration stallTimeout;
        private Checks checks;
        private Validation validation;
        private int enoughDifferences;
        private MigrationListener listener;
        private @Nullable MigrationPlan planned;
        private boolean sourceMayBeWritten;
        private @Nullable Rehearsal rehearsed;
        private Map<String, SmokeTest> smokeTests;

        private Draft(MigrationOptions options) {
            this.source = options.source;
            this.server = options.server;
            this.schema = options.schema;
            this.typeRules = options.typeRules;
            this.only = options.only;
            this.except = options.except;
            this.accepted = options.accepted;
            this.misfitPolicy = options.misfitPolicy;
            this.orphans = options.orphans;
            this.backup = options.backup;
            this.parallelism = options.parallelism;
            this.lockTimeout = options.lockTimeout;
            this.stallTimeout = options.stallTimeout;
            this.checks = options.checks;
            this.validation = options.validation;
            this.enoughDifferences = options.enoughDifferences;
            this.listener = options.listener;
            this.planned = options.planned;
            this.sourceMayBeWritten = options.sourceMayBeWritten;
            this.rehearsed = options.rehearsed;
            this.smokeTests = options.smokeTests;
        }

        private MigrationOptions options() {
            return new MigrationOptions(
                    source,
                    server,
                    schema,
                    typeRules,
                    only,
                    except,
                    accepted,
                    misfitPolicy,
                    orphans,
                    backup,
                    parallelism,
                    lockTimeout,
                    stallTimeout,
                    checks,
                    validation,
                    enoughDifferences,
                    listener,
                    planned,
                    sourceMayBeWritten,
                    rehearsed,
                    smokeTests);
        }
    }
}
