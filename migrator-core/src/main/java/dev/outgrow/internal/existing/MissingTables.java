package dev.outgrow.internal.existing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.notice.Globs;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.plan.ConventionNotices;
import dev.outgrow.internal.plan.ConventionTables;
import dev.outgrow.internal.plan.Distribution;
import dev.outgrow.internal.plan.NameCase;
import dev.outgrow.internal.plan.PlanInput;
import dev.outgrow.internal.plan.Planner;
import dev.outgrow.internal.plan.RoomAnswers;
import dev.outgrow.internal.plan.TextOrder;
import dev.outgrow.internal.plan.WantedNames;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.existing.SearchPath;
import dev.outgrow.internal.postgres.existing.TargetCatalog;
import dev.outgrow.internal.postgres.existing.TargetCatalogReader;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.work.CensusRun;
import dev.outgrow.internal.work.ChosenCounters;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.RoomTrial;
import dev.outgrow.plan.Notice;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tables of the source that the target lacks and that the caller wants to be made beside the app's own. They are
 * planned by the rules for a schema that we make, and tried in a transaction that is rolled back; from then on they are
 * tables of the target like any other.
 */
final class MissingTables {
    /** The notices about tables that we make; values are checked together with the tables of the target. */
    private static final ImmutableSet<NoticeKind> KINDS = Sets.immutableEnumSet(
            NoticeKind.TRIGGER,
            NoticeKind.CHECK,
            NoticeKind.CONFLICT,
            NoticeKind.DEFAULT,
            NoticeKind.FOREIGN_KEY,
            NoticeKind.GENERATED,
            NoticeKind.IDENTITY,
            NoticeKind.INDEX,
            NoticeKind.LIMIT,
            NoticeKind.NAME,
            NoticeKind.PRIMARY_KEY,
            NoticeKind.TABLE,
            NoticeKind.VIEW);

    private final MigrationOptions options;
    private final CensusRun counting;
    private final TypeChooser chooser;
    private final NoticeBook notices;

    /**
     * The tables of one migration.
     *
     * @param counting takes the census of them
     * @param chooser of types, which knows what the target has
     */
    MissingTables(MigrationOptions options, CensusRun counting, TypeChooser chooser, NoticeBook notices) {
        this.options = options;
        this.counting = counting;
        this.chooser = chooser;
        this.notices = notices;
    }

    /**
     * What makes them.
     *
     * @param statements in their order; names in them carry no schema
     * @param script the same for people
     * @param target the catalog of the target with the tables in it
     */
    record Made(List<Statement> statements, String script, TargetCatalog target) {
        Made {
            statements = ImmutableList.copyOf(statements);
        }

        static Made nothing(TargetCatalog target) {
            return new Made(List.of(), "", target);
        }
    }

    /**
     * Plans them.
     *
     * @param postgres a session of the target, in auto-commit mode
     */
    Made plan(
            Connection sqlite,
            TextEncoding encoding,
            Connection postgres,
            Catalog catalog,
            List<SqliteTable> missing,
            TargetCatalog target) {
        if (missing.isEmpty()) {
            return Made.nothing(target);
        }
        Map<String, TableCensus> census = counting.count(sqlite, missing, new ChosenCounters(chooser));
        Catalog alone = alone(catalog, missing);
        Map<String, String> refused = new HashMap<>();
        RoomAnswers room = new RoomAnswers(true, Map.of());
        boolean asked = false;
        while (true) {
            Blueprint blueprint = new Planner(input(alone, census, refused, room)).plan();
            if (hasLimits(blueprint)) {
                // They cannot be made as they are; the notice says so.
                name(blueprint);
                return Made.nothing(target);
            }
            if (!asked && RoomTrial.isNeeded(blueprint, census)) {
                asked = true;
                room = room(postgres, blueprint, new RoomTrial(postgres, census, RowSource.of(sqlite, encoding)));
                continue;
            }
            List<Statement> statements = statements(blueprint);
            Optional<TargetCatalog> tried = tried(postgres, blueprint, statements, refused);
            if (tried.isPresent()) {
                name(blueprint);
                return new Made(statements, blueprint.plan().ddl(), tried.get());
            }
        }
    }

    private static boolean hasLimits(Blueprint blueprint) {
        return blueprint.plan().notices().stream().anyMatch(notice -> NoticeKind.LIMIT.is(notice.kind()));
    }

    private RoomAnswers room(Connection postgres, Blueprint blueprint, RoomTrial trial) {
        try {
            postgres.setAutoCommit(false);
            try {
                SearchPath.ofNothing(postgres).ofTheApp(options.schema().name());
                return new RoomAnswers(true, trial.refused(blueprint));
            } finally {
                postgres.rollback();
                postgres.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "trying rows of tables that are missing");
        }
    }

    private void name(Blueprint blueprint) {
        for (TableBlueprint table : blueprint.tables()) {
            notices.inform(
                    NoticeKind.MADE.id(table.source().name()),
                    "Table " + table.targetName() + " is made beside the app's own, as you said.");
        }
        for (Notice notice : blueprint.plan().notices()) {
            if (KINDS.stream().anyMatch(kind -> kind.is(notice.kind()))) {
                notices.take(notice);
            }
        }
    }

    private static Catalog alone(Catalog catalog, List<SqliteTable> missing) {
        return new Catalog(
                catalog.encoding(),
                catalog.userVersion(),
                catalog.applicationId(),
                missing,
                List.of(),
                List.of(),
                catalog.triggers().stream()
                        .filter(trigger ->
                                missing.stream().anyMatch(table -> Identifiers.same(table.name(), trigger.table())))
                        .toList(),
                List.of(),
                catalog.sequences());
    }

    private PlanInput input(
            Catalog catalog, Map<String, TableCensus> census, Map<String, String> refused, RoomAnswers room) {
        return new PlanInput(
                options.source().describe(),
                "",
                options.schema().name(),
                NameCase.KEPT,
                ConventionTables.none(catalog),
                new TextOrder(false, Optional.empty()),
                catalog,
                census,
                List.of(),
                List.of(),
                List.of(),
                Globs.NONE,
                Globs.NONE,
                options.accepted(),
                chooser::choose,
                List::of,
                ConventionNotices::none,
                List.of(),
                Optional.empty(),
                List.of(),
                Distribution.NONE,
                Map.copyOf(refused),
                room);
    }

    private static List<Statement> statements(Blueprint blueprint) {
        List<Statement> statements = new ArrayList<>();
        blueprint
                .extensions()
                .forEach(extension -> statements.add(new Statement(
                        "extension:" + extension,
                        "CREATE EXTENSION IF NOT EXISTS " + extension + " SCHEMA "
                                + Identifier.quote(blueprint.plan().schema()))));
        blueprint.tables().forEach(table -> statements.add(table.create()));
        for (TableBlueprint table : blueprint.tables()) {
            table.allIndexes().forEach(statements::add);
            statements.addAll(table.keys());
            table.checks().forEach(check -> statements.add(check.add()));
        }
        for (TableBlueprint table : blueprint.tables()) {
            table.foreignKeys().forEach(key -> {
                statements.add(key.add());
                key.validate().ifPresent(statements::add);
            });
        }
        return statements;
    }

    /** The target including the tables; empty if the server refuses a translation, which a notice then names. */
    private Optional<TargetCatalog> tried(
            Connection postgres, Blueprint blueprint, List<Statement> statements, Map<String, String> refused) {
        String schema = options.schema().name();
        try {
            WantedNames.of(blueprint).demandFree(postgres, schema);
            postgres.setAutoCommit(false);
            try {
                SearchPath.ofNothing(postgres).ofTheApp(schema);
                for (Statement each : statements) {
                    if (!made(postgres, each, refused)) {
                        return Optional.empty();
                    }
                }
                return Optional.of(TargetCatalogReader.read(postgres, schema));
            } finally {
                postgres.rollback();
                postgres.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "trying the tables that are missing in schema " + schema);
        }
    }

    private static boolean made(Connection postgres, Statement each, Map<String, String> refused) throws SQLException {
        try (java.sql.Statement statement = postgres.createStatement()) {
            statement.execute(each.sql());
            return true;
        } catch (SQLException e) {
            if (each.translated().isEmpty()
                    || ServerFailure.of(e, each.step()).reason().retryable()) {
                throw e;
            }
            refused.put(
                    each.translated().get(),
                    "PostgreSQL " + postgres.getMetaData().getDatabaseMajorVersion()
                            + " refuses its translation (SQLSTATE " + e.getSQLState() + ")");
            return false;
        }
    }
}
