package dev.outgrow.exception;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import java.io.Serial;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A migration that did not happen. The target is as it was before, or holds an unfinished run that the next call resumes;
 * the source is untouched in any case.
 *
 * <p>The message says what happened and where; {@link #remedy()} what to do. Neither ever contains a password or the value
 * of a row.
 */
public class MigrationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String remedy;
    private final transient @Nullable MigrationPlan plan;
    private final transient @Nullable MigrationReport report;

    /**
     * Made by the library.
     *
     * @param reason the kind of failure
     * @param message what happened, and where
     * @param remedy what to do
     * @param cause what was thrown below, if anything
     */
    public MigrationException(Reason reason, String message, String remedy, @Nullable Throwable cause) {
        super(message + System.lineSeparator() + "What to do: " + remedy, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
        this.plan = null;
        this.report = null;
    }

    /**
     * Made by the library: the same failure, as a run throws it.
     *
     * @param failure what ended the run
     * @param plan the plan, if there was one by then
     * @param report what was done before
     */
    public MigrationException(MigrationException failure, @Nullable MigrationPlan plan, MigrationReport report) {
        super(failure.getMessage(), failure.getCause());
        this.reason = failure.reason;
        this.remedy = failure.remedy;
        this.plan = plan;
        this.report = Objects.requireNonNull(report, "report");
    }

    /** Why it failed; meant for a switch. */
    public final Reason reason() {
        return reason;
    }

    /** What to do, in words for the person who started the migration. */
    public final String remedy() {
        return remedy;
    }

    /** The plan, if the run got that far. */
    public final Optional<MigrationPlan> plan() {
        return Optional.ofNullable(plan);
    }

    /** What was done before it failed; empty if no run was under way. */
    public final Optional<MigrationReport> report() {
        return Optional.ofNullable(report);
    }

    /** The failure as JSON: reason, message, remedy, and the plan and the report so far if there are any; no value of a row. */
    public final String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("format", 1);
        json.addProperty("reason", reason.name());
        json.addProperty("message", getMessage());
        json.addProperty("remedy", remedy);
        plan().ifPresent(known -> json.add("plan", JsonParser.parseString(known.toJson())));
        report().ifPresent(known -> json.add("report", JsonParser.parseString(known.toJson())));
        return new GsonBuilder()
                .disableHtmlEscaping()
                .setPrettyPrinting()
                .create()
                .toJson(json);
    }
}
