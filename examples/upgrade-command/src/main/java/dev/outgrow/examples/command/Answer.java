package dev.outgrow.examples.command;

import dev.outgrow.Switchover;
import dev.outgrow.command.Readiness;
import dev.outgrow.command.SupportBundle;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.exception.WrongDatabaseException;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.switchover.SwitchoverStatus;
import dev.outgrow.validate.ValidationReport;

/** What a verb has to say, as text, JSON and HTML, for whoever helps, and with which status it ends. */
record Answer(String text, String json, String html, SupportBundle bundle, int status) {
    private static final SupportBundle BUNDLE = SupportBundle.empty();

    static Answer of(Readiness found) {
        return new Answer(found + "", found.toJson(), found.toHtml(), BUNDLE.readiness(found), found.exitCode());
    }

    static Answer of(MigrationPlan plan) {
        return new Answer(plan + "", plan.toJson(), plan.toHtml(), BUNDLE.plan(plan), plan.exitCode());
    }

    static Answer of(Rehearsal done) {
        return new Answer(done + "", done.toJson(), done.toHtml(), BUNDLE.rehearsal(done), 0);
    }

    static Answer of(MigrationReport report) {
        return new Answer(report + "", report.toJson(), report.toHtml(), BUNDLE.report(report), 0);
    }

    static Answer of(ValidationReport compared) {
        int status = compared.passed() ? 0 : Reason.VALIDATION_FAILED.exitCode();
        return new Answer(
                compared + "", compared.toJson(), compared.toHtml(), BUNDLE.validation(compared), status);
    }

    static Answer of(Switchover switchover) {
        SwitchoverStatus now = switchover.status();
        return new Answer(now + "", now.toJson(), now.toHtml(), BUNDLE.status(now), refusal(switchover, now));
    }

    static Answer of(MigrationException failure) {
        String html = failure.report()
                .map(MigrationReport::toHtml)
                .or(() -> failure.plan().map(MigrationPlan::toHtml))
                .orElse("");
        return new Answer(
                failure.getMessage() + "", failure.toJson(), html, BUNDLE.failure(failure), failure.reason().exitCode());
    }

    static Answer done(String text) {
        return new Answer(text, "{\"done\": true}", "", BUNDLE, 0);
    }

    private static int refusal(Switchover switchover, SwitchoverStatus status) {
        try {
            return status.refusal().isEmpty() || switchover.active() == null ? 0 : 0;
        } catch (WrongDatabaseException e) {
            return e.reason().exitCode();
        }
    }
}
