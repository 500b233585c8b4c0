package dev.outgrow.internal.run;

import dev.outgrow.command.Readiness.Judgement;
import dev.outgrow.command.Readiness.Point;
import dev.outgrow.command.Readiness.Topic;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.postgres.ServerDisk;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.run.Way.Foreseen;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.plan.AppTask;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.NoticeGroup;
import dev.outgrow.plan.Outlook;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The points of readiness that follow from a plan. */
final class PlanPoints {
    private static final int MOST_GROUPS = 3;

    private final MigrationOptions options;
    private final Map<Topic, Point> points;

    /** Adds points; an existing point on the same topic stays. */
    PlanPoints(MigrationOptions options, Map<Topic, Point> points) {
        this.options = options;
        this.points = points;
    }

    void add(Foreseen foreseen) {
        MigrationPlan plan = foreseen.plan();
        put(
                Topic.SOURCE,
                Judgement.OK,
                plan.source() + ", " + Amount.bytes(plan.outlook().sourceBytes()) + ": "
                        + Amount.of(plan.tables().size(), "table") + ", " + Amount.of(plan.rows(), "row")
                        + "; undamaged");
        extensions(plan);
        books(plan);
        decisions(plan);
        backup(plan.outlook());
        if (options.target().isPresent() && ReadinessLook.isReached(points)) {
            server(foreseen, options.target().get());
        }
    }

    private void put(Topic topic, Judgement judgement, String words) {
        points.putIfAbsent(topic, new Point(topic, judgement, words, "", null));
    }

    private void put(Topic topic, MigrationException failure) {
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        points.put(topic, new Point(topic, Judgement.NO, message, failure.remedy(), failure.reason()));
    }

    private void extensions(MigrationPlan plan) {
        if (options.schema() instanceof ExistingSchema) {
            put(Topic.EXTENSIONS, Judgement.OK, "none is made: the app's tables are there with what they need");
            return;
        }
        List<String> without = plan.notices().stream()
                .filter(notice -> NoticeKind.COLLATION.is(notice.kind())
                        && notice.severity() == Notice.Severity.WARNING
                        && !notice.subject().equals("database"))
                .map(Notice::subject)
                .toList();
        if (!without.isEmpty()) {
            points.putIfAbsent(
                    Topic.EXTENSIONS,
                    new Point(
                            Topic.EXTENSIONS,
                            Judgement.WARNING,
                            "citext is not available here: " + Amount.of(without.size(), "column")
                                    + " without regard to case will tell upper case from lower case",
                            "have a superuser run CREATE EXTENSION citext in the target.",
                            null));
            return;
        }
        List<String> tasks = plan.appTasks().stream()
                .filter(task -> task.kind() == AppTask.Kind.EXTENSION)
                .map(AppTask::what)
                .toList();
        boolean known = tasks.isEmpty() || ReadinessLook.isReached(points);
        put(
                Topic.EXTENSIONS,
                known ? Judgement.OK : Judgement.UNKNOWN,
                tasks.isEmpty() ? "none is needed" : String.join(" ", tasks));
    }

    private void books(MigrationPlan plan) {
        List<NoticeGroup> blockers =
                plan.blockerGroups().stream().filter(PlanPoints::isOfBooks).toList();
        if (!blockers.isEmpty()) {
            points.putIfAbsent(Topic.BOOKS, blocked(Topic.BOOKS, blockers));
            return;
        }
        List<NoticeGroup> others =
                plan.groups().stream().filter(PlanPoints::isOfBooks).toList();
        boolean warned = others.stream().anyMatch(group -> group.severity() != Notice.Severity.INFO);
        put(
                Topic.BOOKS,
                warned ? Judgement.WARNING : Judgement.OK,
                !others.isEmpty()
                        ? others.get(0).message()
                        : options.schema() instanceof ExistingSchema
                                ? "the books of migration tools agree, as far as both sides have one"
                                : "none to compare: the migration makes the tables");
    }

    private static boolean isOfBooks(NoticeGroup group) {
        return NoticeKind.MIGRATIONS.is(group.kind());
    }

    private void decisions(MigrationPlan plan) {
        List<NoticeGroup> blockers =
                plan.blockerGroups().stream().filter(group -> !isOfBooks(group)).toList();
        if (!blockers.isEmpty()) {
            points.putIfAbsent(Topic.DECISIONS, blocked(Topic.DECISIONS, blockers));
            return;
        }
        long warnings = plan.notices().stream()
                .filter(notice -> notice.severity() == Notice.Severity.WARNING)
                .count();
        String accepted = plan.accepted().isEmpty()
                ? "nothing is lost"
                : Amount.of(plan.accepted().size(), "loss", "losses") + " accepted";
        put(
                Topic.DECISIONS,
                warnings == 0 ? Judgement.OK : Judgement.WARNING,
                accepted + (warnings == 0 ? "" : "; the plan has " + Amount.of(warnings, "warning") + ": read plan()"));
    }

    private static Point blocked(Topic topic, List<NoticeGroup> blockers) {
        StringBuilder words = new StringBuilder();
        StringBuilder remedies = new StringBuilder();
        for (NoticeGroup group : blockers.subList(0, Math.min(MOST_GROUPS, blockers.size()))) {
            words.append(words.isEmpty() ? "" : "; ")
                    .append(group.kind())
                    .append(" (")
                    .append(group.notices().size())
                    .append("): ")
                    .append(group.message().replaceFirst("\\.$", ""));
            group.remedies().stream()
                    .findFirst()
                    .map(Remedy::toString)
                    .ifPresent(remedy ->
                            remedies.append(remedies.isEmpty() ? "" : "; ").append(remedy));
        }
        if (blockers.size() > MOST_GROUPS) {
            words.append("; and ")
                    .append(Amount.of(blockers.size() - MOST_GROUPS, "kind"))
                    .append(" more");
        }
        remedies.append(remedies.isEmpty() ? "" : "; ").append("all of it is in plan()");
        return new Point(topic, Judgement.NO, words.toString(), remedies.toString(), Reason.PLAN_BLOCKED);
    }

    private void backup(Outlook outlook) {
        if (!outlook.hasRoom()) {
            points.putIfAbsent(
                    Topic.ROOM,
                    new Point(
                            Topic.ROOM,
                            Judgement.NO,
                            "the backup " + outlook.backup().orElse("") + " needs "
                                    + Amount.bytes(outlook.sourceBytes()) + ", and " + Amount.bytes(outlook.freeBytes())
                                    + " are free there",
                            "make room, or give another place by .backup(Backup.to(path)).",
                            Reason.BACKUP_FAILED));
        }
    }

    private void server(Foreseen foreseen, PgServer server) {
        MigrationPlan plan = foreseen.plan();
        try (Connection connection = server.open()) {
            if (foreseen.names().isPresent() && !points.containsKey(Topic.SCHEMA)) {
                foreseen.names().get().demandFree(connection, options.schema().name());
                new Preflight(connection, options.schema().name())
                        .enoughLocks(IntoCreated.locks(
                                plan.tables().size(), plan.views().size()));
            }
            put(
                    Topic.SCHEMA,
                    Judgement.OK,
                    foreseen.names().isPresent()
                            ? "schema " + plan.schema() + " gets "
                                    + Amount.of(plan.tables().size(), "table") + ", and their names are free"
                            : "schema " + plan.schema() + " has the app's tables");
            room(plan.outlook(), connection);
        } catch (MigrationException e) {
            put(e.reason() == Reason.TARGET_EXHAUSTED ? Topic.ROOM : Topic.SCHEMA, e);
        } catch (SQLException e) {
            put(Topic.SCHEMA, ServerFailure.of(e, "looking at the target"));
        }
    }

    /** What there is to say of room alone, if there is no plan yet. */
    void addRoom(Outlook outlook) {
        backup(outlook);
        if (options.target().isPresent() && ReadinessLook.isReached(points)) {
            try (Connection connection = options.target().get().open()) {
                room(outlook, connection);
            } catch (MigrationException e) {
                put(Topic.ROOM, e);
            } catch (SQLException e) {
                put(Topic.ROOM, ServerFailure.of(e, "looking at the target"));
            }
        }
    }

    private void room(Outlook outlook, Connection connection) throws SQLException {
        RoomDemand.compare(options, outlook.sourceBytes(), connection);
        put(Topic.ROOM, Judgement.OK, room(outlook, ServerDisk.freeBytes(connection)));
    }

    private static String room(Outlook outlook, OptionalLong free) {
        String backup = outlook.backup()
                .map(file -> "the backup needs " + Amount.bytes(outlook.sourceBytes())
                        + (outlook.freeBytes() < 0 ? "" : ", " + Amount.bytes(outlook.freeBytes()) + " are free there"))
                .orElse("no backup is made");
        return backup + "; the server "
                + (free.isPresent()
                        ? "has " + Amount.bytes(free.getAsLong()) + " free"
                        : "does not report the free space of its disk");
    }
}
