package dev.outgrow.internal.run;

import dev.outgrow.internal.plan.Globs;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.sqlite.source.SourceDatabase;
import dev.outgrow.plan.Backup;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.TargetSchema;
import dev.outgrow.progress.MigrationListener;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.validate.Checks;
import dev.outgrow.validate.Validation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a caller has said about a migration. Immutable.
 *
 * @param source the SQLite database
 * @param server the PostgreSQL database; absent while only a plan is asked for
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
        Backup backup,
        int parallelism,
        Checks checks,
        Validation validation,
        MigrationListener listener,
        @Nullable MigrationPlan planned) {

    /** The defaults: schema public, standard rules, all tables, nothing accepted, a backup beside the source. */
    public static MigrationOptions of(SourceDatabase source) {
        return new MigrationOptions(
                source,
                null,
                TargetSchema.created("public"),
                TypeRules.standard(),
                new Globs(List.of()),
                new Globs(List.of()),
                new Globs(List.of()),
                MisfitPolicy.FAIL,
                Backup.beside(),
                Math.min(8, Runtime.getRuntime().availableProcessors()),
                Checks.none(),
                Validation.ALL_VALUES,
                new MigrationListener() {},
                null);
    }

    /** The server, where the caller has named one. */
    public Optional<PgServer> target() {
        return Optional.ofNullable(server);
    }

    public MigrationOptions withServer(PgServer value) {
        return new MigrationOptions(
                source,
                value,
                schema,
                typeRules,
                only,
                except,
                accepted,
                misfitPolicy,
                backup,
                parallelism,
                checks,
                validation,
                listener,
                planned);
    }

    public MigrationOptions withSchema(TargetSchema value) {
        return new MigrationOptions(
                source,
                server,
                value,
                typeRules,
                only,
                except,
                accepted,
                misfitPolicy,
                backup,
                parallelism,
                checks,
                validation,
                listener,
                planned);
    }

    public MigrationOptions withTypeRules(TypeRules value) {
        return new MigrationOptions(
                source,
                server,
                schema,
                value,
                only,
                except,
                accepted,
                misfitPolicy,
                backup,
                parallelism,
                checks,
                validation,
                listener,
                planned);
    }

    public MigrationOptions withOnly(Globs value) {
        return new MigrationOptions(
                source,
                server,
                schema,
                typeRules,
                value,
                except,
                accepted,
                misfitPolicy,
                backup,
                parallelism,
                checks,
                validation,
                listener,
                planned);
    }

    public MigrationOptions withExcept(Globs value) {
        return new MigrationOptions(
                source,
                server,
                schema,
                typeRules,
                only,
                value,
                accepted,
                misfitPolicy,
                backup,
                parallelism,
                checks,
                validation,
                listener,
                planned);
    }

    public MigrationOptions withAccepted(Globs value) {
        return new MigrationOptions(
                source,
                server,
                schema,
                typeRules,
                only,
                except,
                value,
                misfitPolicy,
                backup,
                parallelism,
                checks,
                validation,
                listener,
                planned);
    }

    public MigrationOptions withMisfitPolicy(MisfitPolicy value) {
        return new MigrationOptions(
                source,
                server,
                schema,
                typeRules,
                only,
                except,
                accepted,
                value,
                backup,
                parallelism,
                checks,
                validation,
                listener,
                planned);
    }

    public MigrationOptions withBackup(Backup value) {
        return new MigrationOptions(
                source,
                server,
                schema,
                typeRules,
                only,
                except,
                accepted,
                misfitPolicy,
                value,
                parallelism,
                checks,
                validation,
                listener,
                planned);
    }

    public MigrationOptions withParallelism(int value) {
        return new MigrationOptions(
                source,
                server,
                schema,
                typeRules,
                only,
                except,
                accepted,
                misfitPolicy,
                backup,
                value,
                checks,
                validation,
                listener,
                planned);
    }

    public MigrationOptions withChecks(Checks value) {
        return new MigrationOptions(
                source,
                server,
                schema,
                typeRules,
                only,
                except,
                accepted,
                misfitPolicy,
                backup,
                parallelism,
                value,
                validation,
                listener,
                planned);
    }

    public MigrationOptions withValidation(Validation value) {
        return new MigrationOptions(
                source,
                server,
                schema,
                typeRules,
                only,
                except,
                accepted,
                misfitPolicy,
                backup,
                parallelism,
                checks,
                value,
                listener,
                planned);
    }

    public MigrationOptions withListener(MigrationListener value) {
        return new MigrationOptions(
                source,
                server,
                schema,
                typeRules,
                only,
                except,
                accepted,
                misfitPolicy,
                backup,
                parallelism,
                checks,
                validation,
                value,
                planned);
    }

    public MigrationOptions withPlanned(MigrationPlan value) {
        return new MigrationOptions(
                source,
                server,
                schema,
                typeRules,
                only,
                except,
                accepted,
                misfitPolicy,
                backup,
                parallelism,
                checks,
                validation,
                listener,
                value);
    }
}
