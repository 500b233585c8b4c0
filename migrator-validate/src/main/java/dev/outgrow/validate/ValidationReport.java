package dev.outgrow.validate;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Whether a PostgreSQL database holds what a SQLite database held: by table, for the schema, and by the app's own checks.
 * It names tables, columns and keys, and never contains the value of another column. Immutable; made by the library, use
 * the accessors.
 */
public final class ValidationReport {
    private final Validation scope;
    private final List<TableComparison> tables;
    private final List<SchemaFinding> schemaFindings;
    private final List<CheckResult> checks;
    private final List<NotCompared> notCompared;
    private final Duration time;

    /**
     * Made by the library.
     *
     * @param scope how much was compared
     * @param tables what was found in each table
     * @param schemaFindings what is wrong with the schema
     * @param checks what the app's checks said
     * @param notCompared what was left out, and why
     * @param time how long it all took
     */
    public ValidationReport(
            Validation scope,
            List<TableComparison> tables,
            List<SchemaFinding> schemaFindings,
            List<CheckResult> checks,
            List<NotCompared> notCompared,
            Duration time) {
        this.scope = Objects.requireNonNull(scope, "scope");
        this.tables = ImmutableList.copyOf(tables);
        this.schemaFindings = ImmutableList.copyOf(schemaFindings);
        this.checks = ImmutableList.copyOf(checks);
        this.notCompared = ImmutableList.copyOf(notCompared);
        this.time = Objects.requireNonNull(time, "time");
    }

    /**
     * The report that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if the text is not the JSON of a validation report of this library
     */
    public static ValidationReport fromJson(String json) {
        return ValidationJson.read(Objects.requireNonNull(json, "json"));
    }

    /**
     * Whether nothing that was compared differs, the schema is as it must be, and every check holds. What was left out is
     * in {@link #notCompared()}; with {@link Validation#NONE} nothing was compared, and this is true all the same.
     */
    public boolean passed() {
        return schemaFindings.isEmpty()
                && tables.stream().allMatch(TableComparison::passed)
                && checks.stream().allMatch(CheckResult::passed);
    }

    /** How much was compared. */
    public Validation scope() {
        return scope;
    }

    /** What was found in each table, in the order of the migration. */
    public List<TableComparison> tables() {
        return tables;
    }

    /** The differences of all tables that are listed; see {@link TableComparison#differenceCount()} for all there are. */
    public List<Difference> differences() {
        return tables.stream().flatMap(table -> table.differences().stream()).collect(ImmutableList.toImmutableList());
    }

    /** What is wrong with the schema of the target. */
    public List<SchemaFinding> schemaFindings() {
        return schemaFindings;
    }

    /** What the app's checks said. */
    public List<CheckResult> checks() {
        return checks;
    }

    /** What was left out of the comparison, and why. */
    public List<NotCompared> notCompared() {
        return notCompared;
    }

    /** How long it all took. */
    public Duration time() {
        return time;
    }

    /** The report as a JSON object. */
    public String toJson() {
        return ValidationJson.write(this);
    }

    /** The report as one HTML file that needs nothing else: to be opened in a browser, printed, or sent to somebody. */
    public String toHtml() {
        return new ValidationHtml(this).page();
    }

    /** The report as text that a person can read: a table with a line for each table, then what is wrong. */
    @Override
    public String toString() {
        return ValidationText.of(this);
    }
}
