package dev.outgrow.internal.switchover;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.WrongDatabaseException;
import dev.outgrow.internal.late.IdentityCheck;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.truth.Claim;
import dev.outgrow.internal.truth.Situation;
import dev.outgrow.internal.truth.TargetView;
import dev.outgrow.internal.truth.Truth;
import dev.outgrow.internal.truth.Verdict;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.LateWrites;
import dev.outgrow.switchover.SwitchoverState;
import dev.outgrow.switchover.SwitchoverStatus;
import dev.outgrow.switchover.WaitingCopy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a switchover stands, for people and programs. Reads only. */
final class StatusLook {
    private final SwitchoverOptions options;
    private final Truth truth;
    private final Path file;

    StatusLook(SwitchoverOptions options, Truth truth, Path file) {
        this.options = options;
        this.truth = truth;
        this.file = file;
    }

    SwitchoverStatus status() {
        Situation now;
        try {
            now = truth.look();
        } catch (WrongDatabaseException e) {
            return new StatusDraft(SwitchoverState.ON_SQLITE, Instant.now())
                    .refusal(e.reason(), first(e))
                    .nextSteps(List.of(sentence(e.remedy())))
                    .build();
        }
        StatusDraft status = new StatusDraft(now.verdict().state(), Instant.now());
        history(now, status);
        waiting(now).ifPresent(status::waitingCopy);
        if (now.verdict() instanceof Verdict.Refused refused) {
            return status.refusal(refused.reason(), refused.message())
                    .nextSteps(List.of(sentence(refused.remedy())))
                    .build();
        }
        return right(now, (Verdict.Right) now.verdict(), status);
    }

    private static void history(Situation now, StatusDraft status) {
        Optional<Claim> claim = now.claim();
        if (claim.isPresent()) {
            Claim made = claim.get();
            status.happened(made.migrationId(), made.frozen().round(), made.at(), made.provenAt());
        } else {
            now.marker().ifPresent(says -> status.happened(says.migrationId(), says.round(), says.instant(), null));
        }
    }

    private static Optional<WaitingCopy> waiting(Situation now) {
        return now.target()
                .flatMap(TargetView::ahead)
                .map(copy -> new WaitingCopy(copy.at(), copy.rows(), copy.base().toString()));
    }

    private SwitchoverStatus right(Situation now, Verdict.Right right, StatusDraft status) {
        LateWriteGate gate = new LateWriteGate(options.migration(), file, options.acceptedLateWrites());
        if (right.mayHaveLateWrites()) {
            LateWrites writes = gate.writes(now.claim().orElseThrow(), now.marker());
            status.lateWrites(writes);
            if (!gate.accepts(writes)) {
                WrongDatabaseException refusal = gate.refusal(now.claim().orElseThrow(), writes);
                cost(now, right, status);
                return status.refusal(refusal.reason(), first(refusal))
                        .nextSteps(List.of(sentence(refusal.remedy())))
                        .build();
            }
        }
        cost(now, right, status);
        return status.active(right.active()).nextSteps(next(now, right)).build();
    }

    private void cost(Situation now, Verdict.Right right, StatusDraft status) {
        Optional<PgServer> server = options.migration().target();
        if (server.isEmpty() || right.active() != ActiveDatabase.POSTGRES) {
            return;
        }
        List<String> findings = new ArrayList<>(
                IdentityCheck.of(server.get(), options.migration().schema().name()));
        if (now.claim().isPresent() && right.state() != SwitchoverState.RETIRED) {
            try {
                new GoingBack(options.migration(), server.get())
                        .from(now.claim().get().frozen())
                        .ifPresentOrElse(
                                status::costOfGoingBack,
                                () -> findings.add("The backup of the SQLite file is gone: there is no way back."));
            } catch (MigrationException e) {
                findings.add("The cost of going back cannot be told: " + first(e));
            }
        }
        status.findings(findings);
    }

    private List<String> next(Situation now, Verdict.Right right) {
        List<String> steps = new ArrayList<>(steps(now, right));
        if (waiting(now).isPresent()) {
            steps.add(
                    "A copy that was made ahead waits in PostgreSQL: switchOver() brings it up and publishes it. Call copyAhead()"
                            + " again shortly before, and less is left to bring up; discardUnfinished() drops it.");
        }
        return steps;
    }

    private List<String> steps(Situation now, Verdict.Right right) {
        return switch (right.active()) {
            case SQLITE ->
                List.of(
                        options.migration().target().isPresent()
                                ? "Start the application on the SQLite file. To switch again, call switchOver()."
                                : "Start the application on the SQLite file. To switch, name a PostgreSQL database.");
            case MIGRATION_DUE ->
                List.of(
                        right.state() == SwitchoverState.ON_SQLITE
                                ? "Call switchOver(): it moves the data to PostgreSQL."
                                : "Call switchOver(): it resumes where it was cut off.");
            case POSTGRES -> onPostgres(now, right);
        };
    }

    private List<String> onPostgres(Situation now, Verdict.Right right) {
        List<String> steps = new ArrayList<>();
        steps.add("Start the application on PostgreSQL.");
        Optional<String> backup =
                now.claim().flatMap(claim -> Optional.ofNullable(claim.frozen().backup()));
        if (right.state() == SwitchoverState.ON_POSTGRES && now.claim().isPresent()) {
            backup.ifPresent(path -> steps.add("Keep the backup " + path + " as long as you may want to go back."));
            backup.ifPresent(path -> steps.add(
                    "To go back to SQLite with everything that was written since, call rollBack(newFile); rehearseRollBack()"
                            + " says before what stands in the way."));
            steps.add("When you are sure that you will not go back, call retire().");
        }
        return steps;
    }

    private static String first(MigrationException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String sentence(String remedy) {
        return remedy.isEmpty() ? remedy : Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1);
    }
}
