package dev.outgrow.command;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.switchover.LateWrites;
import dev.outgrow.switchover.RollBackReport;
import dev.outgrow.switchover.SwitchoverStatus;
import dev.outgrow.validate.ValidationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What a command has to say: for people, for programs, as a page and as a zip for support; and the command's exit
 * status. Immutable.
 *
 * <pre>{@code
 * Answer answer = Answer.to(() -> Answer.of(migration.run()));
 * System.out.println(CommandWords.of("upgrade").in(answer.text()));
 * System.exit(answer.exitCode());
 * }</pre>
 */
public final class Answer {
    private static final SupportBundle BUNDLE = SupportBundle.empty();

    private final String text;
    private final String json;
    private final Optional<String> html;
    private final SupportBundle bundle;
    private final int exitCode;

    private Answer(String text, String json, Optional<String> html, SupportBundle bundle, int exitCode) {
        this.text = text;
        this.json = json;
        this.html = html;
        this.bundle = bundle;
        this.exitCode = exitCode;
    }

    /**
     * The answer of some work, or the failure that ended it.
     *
     * @throws Exception anything the work throws other than a {@link MigrationException}
     */
    public static Answer to(Callable<Answer> work) throws Exception {
        try {
            return Objects.requireNonNull(work.call(), "the answer");
        } catch (MigrationException e) {
            return of(e);
        }
    }

    /** Whether a run could be started. */
    public static Answer of(Readiness found) {
        return new Answer(
                found.toString(),
                found.toJson(),
                Optional.of(found.toHtml()),
                BUNDLE.readiness(found),
                found.exitCode());
    }

    /** A plan. */
    public static Answer of(MigrationPlan plan) {
        return new Answer(
                plan.toString(), plan.toJson(), Optional.of(plan.toHtml()), BUNDLE.plan(plan), plan.exitCode());
    }

    /** A rehearsal that worked. */
    public static Answer of(Rehearsal done) {
        return new Answer(done.toString(), done.toJson(), Optional.of(done.toHtml()), BUNDLE.rehearsal(done), 0);
    }

    /** A run or a switch that worked. */
    public static Answer of(MigrationReport report) {
        return new Answer(report.toString(), report.toJson(), Optional.of(report.toHtml()), BUNDLE.report(report), 0);
    }

    /** A comparison: with the status of {@code VALIDATION_FAILED} if there are differences. */
    public static Answer of(ValidationReport compared) {
        return new Answer(
                compared.toString(),
                compared.toJson(),
                Optional.of(compared.toHtml()),
                BUNDLE.validation(compared),
                compared.passed() ? 0 : Reason.VALIDATION_FAILED.exitCode());
    }

    /** How a switchover stands. */
    public static Answer of(SwitchoverStatus status) {
        return new Answer(
                status.toString(),
                status.toJson(),
                Optional.of(status.toHtml()),
                BUNDLE.status(status),
                status.exitCode());
    }

    /** Late writes that were carried over. */
    public static Answer of(LateWrites carried) {
        return said(carried.toString());
    }

    /** The way back, or its rehearsal. */
    public static Answer of(RollBackReport back) {
        return new Answer(back.toString(), back.toJson(), Optional.empty(), BUNDLE, 0);
    }

    /** A failure. Its page is that of the plan if the plan is blocked, else that of the report so far. */
    public static Answer of(MigrationException failure) {
        Optional<String> plan = failure.plan().map(MigrationPlan::toHtml);
        Optional<String> report = failure.report().map(MigrationReport::toHtml);
        boolean ofPlan = failure.reason().side() == Reason.Side.PLAN;
        return new Answer(
                String.valueOf(failure.getMessage()),
                failure.toJson(),
                ofPlan ? plan.or(() -> report) : report.or(() -> plan),
                BUNDLE.failure(failure),
                failure.reason().exitCode());
    }

    /** Whether there was something to drop. */
    public static Answer dropped(boolean something) {
        return said(something ? "Dropped." : "There was nothing to drop.");
    }

    /** A sentence about something that was done. */
    public static Answer said(String sentence) {
        return new Answer(sentence, "{\"done\": " + JsonWords.literal(sentence) + "}", Optional.empty(), BUNDLE, 0);
    }

    /** The text for people; {@link CommandWords} puts it into the words of a command line. */
    public String text() {
        return text;
    }

    /** The JSON for programs. */
    public String json() {
        return json;
    }

    /** The answer as one HTML file; empty if it is only a sentence. */
    public Optional<String> html() {
        return html;
    }

    /**
     * Writes the page, in the words of a command line, and the zip for support.
     *
     * @param page the file of the page; null if none is wanted. It is not written if the answer is only a sentence
     * @param zip the file of the zip; null if none is wanted
     * @throws IOException if a file cannot be written
     */
    public void write(CommandWords words, @Nullable Path page, @Nullable Path zip) throws IOException {
        if (page != null && html.isPresent()) {
            Files.writeString(page, words.inHtml(html.get()));
        }
        if (zip != null) {
            bundle.write(zip);
        }
    }

    /** The zip for support. */
    public SupportBundle bundle() {
        return bundle;
    }

    /** The exit status of the command. */
    public int exitCode() {
        return exitCode;
    }
}
