package dev.outgrow.internal.run;

import dev.outgrow.command.Readiness;
import dev.outgrow.command.Readiness.Judgement;
import dev.outgrow.command.Readiness.Point;
import dev.outgrow.command.Readiness.Topic;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.existing.SchemaReadiness;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.SessionTrial;
import dev.outgrow.internal.run.Way.Foreseen;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.Prospect;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.MigrationStatus;
import dev.outgrow.typemap.internal.text.Amount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks everything that a run needs, and continues after each problem. Used once. */
public final class ReadinessLook {
    /** In addition to those that copy: one that holds the lock, and one that watches for stalls. */
    private static final int OTHER_CONNECTIONS = 2;

    private final MigrationOptions options;
    private final Map<Topic, Point> points = new EnumMap<>(Topic.class);

    public ReadinessLook(MigrationOptions options) {
        this.options = options;
    }

    /**
     * Checks.
     *
     * @throws MigrationException if the thread was interrupted, or for an internal error
     */
    public Readiness look() {
        Optional<PgServer> server = options.target();
        server.ifPresentOrElse(this::target, () -> {
            put(Topic.TARGET, Judgement.UNKNOWN, "no target was named");
        });
        Optional<MigrationReport> done = inTheWay() || server.isEmpty() ? Optional.empty() : done(server.get());
        Optional<Foreseen> foreseen = Optional.empty();
        if (done.isPresent()) {
            put(Topic.SOURCE, Judgement.OK, done.get().source() + ", as it was migrated");
            for (Topic settled : List.of(Topic.EXTENSIONS, Topic.BOOKS, Topic.DECISIONS, Topic.ROOM)) {
                put(settled, Judgement.OK, "nothing to do: the migration is done");
            }
        } else {
            foreseen = foreseen(server);
            foreseen.ifPresentOrElse(
                    known -> new PlanPoints(options, points).add(known), () -> check(Topic.SOURCE, this::source));
        }
        return new Readiness(
                Arrays.stream(Topic.values()).map(this::point).toList(),
                foreseen.map(Foreseen::plan).orElse(null));
    }

    private Point point(Topic topic) {
        return points.getOrDefault(
                topic, new Point(topic, Judgement.UNKNOWN, "not looked at, for what stands above", "", null));
    }

    private boolean inTheWay() {
        return points.values().stream().anyMatch(point -> point.judgement() == Judgement.NO);
    }

    /** Whether the server was reached and gives sessions to plan with. */
    static boolean isReached(Map<Topic, Point> points) {
        Point connections = points.get(Topic.CONNECTIONS);
        return connections != null && connections.judgement() == Judgement.OK;
    }

    private void put(Topic topic, Judgement judgement, String words) {
        points.put(topic, new Point(topic, judgement, words, "", null));
    }

    private void target(PgServer server) {
        check(Topic.TARGET, () -> {
            try (Connection connection = server.open()) {
                put(Topic.TARGET, Judgement.OK, PgServer.name(connection));
                server(connection);
                if (!inTheWay()) {
                    connections(server);
                }
            } catch (SQLException e) {
                throw ServerFailure.of(e, "looking at the target");
            }
        });
    }

    private void server(Connection connection) {
        check(Topic.SERVER, () -> {
            try {
                Preflight preflight = new Preflight(connection, options.schema().name());
                preflight.serverToRead();
                put(Topic.SERVER, Judgement.OK, "its version and its encoding fit, and it takes writes");
                preflight.server();
                put(
                        Topic.RIGHTS,
                        Judgement.OK,
                        "the role may make what the run makes in schema "
                                + options.schema().name());
            } catch (SQLException e) {
                throw ServerFailure.of(e, "looking at the target");
            }
        });
    }

    private void connections(PgServer server) {
        check(Topic.CONNECTIONS, () -> {
            List<Connection> open = new ArrayList<>();
            try {
                int wanted = options.parallelism() + OTHER_CONNECTIONS;
                while (open.size() < wanted) {
                    open.add(server.open());
                }
                new SessionTrial(open.get(0), open.get(1)).demand();
                put(Topic.CONNECTIONS, Judgement.OK, wanted + " at once, as many as a run takes");
            } catch (SQLException e) {
                throw ServerFailure.of(e, "looking at the target");
            } finally {
                close(open);
            }
        });
    }

    private static void close(List<Connection> connections) {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException gone) {
                // It was no longer needed.
            }
        }
    }

    /** The report of the migration, if it is finished and both sides are as it left them. */
    private Optional<MigrationReport> done(PgServer server) {
        return check(Topic.SCHEMA, () -> {
                    MigrationStatus status = new MigrationRun(options, server).status();
                    String schema = "schema " + options.schema().name();
                    String begun = status.report()
                            .map(report -> report.startedAt().toString())
                            .orElse("");
                    switch (status.state()) {
                        case NEVER -> points.remove(Topic.SCHEMA);
                        case UNFINISHED ->
                            put(Topic.SCHEMA, Judgement.OK, schema + " holds an unfinished run: run() resumes it");
                        case FINISHED ->
                            put(
                                    Topic.SCHEMA,
                                    Judgement.OK,
                                    schema + " holds the migration that was begun at " + begun
                                            + " and finished: run() returns its report");
                        case SOURCE_CHANGED ->
                            throw new MigrationException(
                                    Reason.SOURCE_CHANGED,
                                    "Schema " + options.schema().name() + " holds a migration that was finished (begun "
                                            + begun + "), and the source has changed since.",
                                    "if the application still writes to the SQLite file, point it to PostgreSQL.",
                                    null);
                        case TARGET_CHANGED ->
                            throw new MigrationException(
                                    Reason.TARGET_CHANGED,
                                    "Schema " + options.schema().name() + " is recorded to hold a migration (begun "
                                            + begun + "), and its tables are gone or empty.",
                                    "give the database that has them; to migrate anew, call forget() first.",
                                    null);
                    }
                    return status.state() == MigrationStatus.State.FINISHED
                            ? status.report()
                            : Optional.<MigrationReport>empty();
                })
                .orElse(Optional.empty());
    }

    /** What a run would do; a created schema can be planned without the server, too. */
    private Optional<Foreseen> foreseen(Optional<PgServer> server) {
        boolean reachable = server.isPresent() && isReached(points);
        if (options.schema() instanceof ExistingSchema schema) {
            return reachable && isPrepared(server.get(), schema)
                    ? check(Topic.DECISIONS, () -> Way.of(options).foresee())
                    : Optional.empty();
        }
        return check(
                Topic.DECISIONS,
                () -> Way.of(reachable ? options : options.withoutServer()).foresee());
    }

    /**
     * Whether the app's tables exist; if its migrations would make them, that is as good, but no plan can be made yet.
     */
    private boolean isPrepared(PgServer server, ExistingSchema schema) {
        return check(Topic.SCHEMA, () -> {
                    try (Connection connection = server.open()) {
                        SchemaReadiness readiness = new SchemaReadiness(schema, connection);
                        if (!readiness.isFilled() && schema.preparation().isPresent()) {
                            put(
                                    Topic.SCHEMA,
                                    Judgement.OK,
                                    "schema " + schema.name()
                                            + " has no tables yet: run() has the app's own migrations make them");
                            for (Topic later : List.of(Topic.EXTENSIONS, Topic.BOOKS, Topic.DECISIONS)) {
                                put(
                                        later,
                                        Judgement.UNKNOWN,
                                        "not looked at: a look calls no migrations of the app; rehearse() calls them, in a"
                                                + " database of its own");
                            }
                            return false;
                        }
                        readiness.demand();
                        return true;
                    } catch (SQLException e) {
                        throw ServerFailure.of(e, "looking at schema " + schema.name());
                    }
                })
                .orElse(false);
    }

    private void source() {
        try (Snapshot snapshot = options.source().passingSnapshot(options.backup())) {
            put(
                    Topic.SOURCE,
                    Judgement.OK,
                    options.source().describe() + ", " + Amount.bytes(snapshot.sizeBytes())
                            + ", can be read and is undamaged");
            new PlanPoints(options, points).addRoom(Prospect.ofRoom(options, snapshot.sizeBytes()));
        }
    }

    private void check(Topic topic, Runnable look) {
        check(topic, () -> {
            look.run();
            return true;
        });
    }

    /**
     * The result of a check; empty if it failed, which becomes a point of its own.
     *
     * @param topic the topic of the check, unless the reason says more
     */
    private <T> Optional<T> check(Topic topic, Supplier<T> look) {
        try {
            return Optional.of(look.get());
        } catch (MigrationException e) {
            if (e.reason().side() == Reason.Side.PROCESS) {
                throw e;
            }
            Topic about = topic(e.reason(), topic);
            points.put(about, new Point(about, Judgement.NO, message(e), e.remedy(), e.reason()));
            return Optional.empty();
        }
    }

    private static String message(MigrationException e) {
        String message = String.valueOf(e.getMessage());
        int remedy = message.lastIndexOf(System.lineSeparator() + "What to do: ");
        return remedy < 0 ? message : message.substring(0, remedy);
    }

    /** The topic of a reason. */
    private static Topic topic(Reason reason, Topic looked) {
        return switch (reason) {
            case TARGET_UNREACHABLE, TARGET_REFUSED -> Topic.TARGET;
            case TARGET_RIGHTS -> Topic.RIGHTS;
            case TARGET_UNFIT -> looked == Topic.TARGET ? Topic.SERVER : looked;
            case TARGET_EXHAUSTED -> looked == Topic.CONNECTIONS ? looked : Topic.TARGET;
            case TARGET_EMPTY, TARGET_NOT_EMPTY, TARGET_CHANGED -> Topic.SCHEMA;
            case SOURCE_CHANGED -> looked;
            case BACKUP_FAILED -> Topic.ROOM;
            default -> reason.side() == Reason.Side.SOURCE ? Topic.SOURCE : looked;
        };
    }
}
