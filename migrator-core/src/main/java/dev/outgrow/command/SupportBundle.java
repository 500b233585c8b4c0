package dev.outgrow.command;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.switchover.SwitchoverStatus;
import dev.outgrow.validate.ValidationReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What a person attaches to a question: plan, report, failure and versions in one zip. It holds no value of a row and no password;
 * names of tables and columns, keys of rows, defaults and other parts of the schema, paths, and the name of the server can be in
 * it. Immutable.
 *
 * <pre>{@code
 * SupportBundle.empty().plan(plan).failure(failure).write(Path.of("support.zip"));
 * }</pre>
 */
public final class SupportBundle {
    private final Map<String, String> files;

    private SupportBundle(Map<String, String> files) {
        this.files = new LinkedHashMap<>(files);
    }

    /** A bundle that holds only the versions. */
    public static SupportBundle empty() {
        return new SupportBundle(Map.of());
    }

    /** Adds a plan, as text and as JSON. */
    public SupportBundle plan(MigrationPlan plan) {
        return with("plan", plan.toString(), plan.toJson());
    }

    /** Adds a report, as text and as JSON. */
    public SupportBundle report(MigrationReport report) {
        return with("report", report.toString(), report.toJson());
    }

    /** Adds a rehearsal, as text and as JSON. */
    public SupportBundle rehearsal(Rehearsal rehearsal) {
        return with("rehearsal", rehearsal.toString(), rehearsal.toJson());
    }

    /** Adds a comparison, as text and as JSON. */
    public SupportBundle validation(ValidationReport validation) {
        return with("validation", validation.toString(), validation.toJson());
    }

    /** Adds a status, as text and as JSON. */
    public SupportBundle status(SwitchoverStatus status) {
        return with("status", status.toString(), status.toJson());
    }

    /** Adds what was found about readiness, with its plan. */
    public SupportBundle readiness(Readiness readiness) {
        SupportBundle with = with("readiness", readiness.toString(), readiness.toJson());
        return readiness.plan().map(with::plan).orElse(with);
    }

    /**
     * Adds a failure, with the plan and the report that are in it. Of other libraries' exceptions only the class and
     * the stack are kept: their messages may repeat a value.
     */
    public SupportBundle failure(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        if (!(failure instanceof MigrationException known)) {
            return with("failure", trace(failure), "{\"reason\": null}");
        }
        SupportBundle bundle = with("failure", trace(failure), known.toJson());
        bundle = known.plan().map(bundle::plan).orElse(bundle);
        return known.report().map(bundle::report).orElse(bundle);
    }

    private SupportBundle with(String name, String text, String json) {
        SupportBundle more = new SupportBundle(files);
        more.files.put(name + ".txt", text);
        more.files.put(name + ".json", json);
        return more;
    }

    private static String trace(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = failure; each != null && text.length() < 100_000; each = each.getCause()) {
            text.append(each == failure ? "" : "Caused by: ")
                    .append(each.getClass().getName());
            text.append(each instanceof MigrationException ? ": " + each.getMessage() : "")
                    .append('\n');
            for (StackTraceElement frame : each.getStackTrace()) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        return text.toString();
    }

    /**
     * Writes the zip; replaces an existing one once the new one is complete.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path zip) throws IOException {
        Path folder = zip.toAbsolutePath().getParent();
        Path unfinished = Files.createTempFile(Objects.requireNonNull(folder, "folder"), "support", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(unfinished);
                    ZipOutputStream entries = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
                entry(entries, "versions.txt", Versions.text() + "written at " + Instant.now() + "\n");
                for (Map.Entry<String, String> file : files.entrySet()) {
                    entry(entries, file.getKey(), file.getValue());
                }
            }
            Files.move(unfinished, zip, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void entry(ZipOutputStream entries, String name, String text) throws IOException {
        entries.putNextEntry(new ZipEntry(name));
        entries.write(text.getBytes(StandardCharsets.UTF_8));
        entries.closeEntry();
    }
}
