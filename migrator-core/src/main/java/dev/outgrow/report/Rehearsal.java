package dev.outgrow.report;

import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.typemap.internal.text.TextDigest;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A trial migration that worked. Implemented by the library alone, and methods may be added. Immutable. It holds no
 * password and no value of a row.
 *
 * <p>{@link #toText()} is for people: it begins with what they decide by. {@link #toJson()} is for keeping: {@code
 * Rehearsal.fromJson(rehearsal.toJson())} says the same, and {@code Migration.rehearsed} takes either.
 */
public interface Rehearsal {
    /** Where a migration was rehearsed. More may be added. */
    enum Place {
        /** In the target itself, where it was taken back. */
        TARGET,
        /** In a disposable database that the caller gave, where the result stays. */
        DISPOSABLE,
        /** In a database that was made for the rehearsal on the target's server, and dropped. */
        OWN_DATABASE
    }

    /**
     * The rehearsal that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if the text is not the JSON of a rehearsal of this library
     */
    static Rehearsal fromJson(String json) {
        return RehearsalJson.read(Objects.requireNonNull(json, "json"));
    }

    /** Where it was rehearsed. */
    Place place();

    /** What was done, and how long it took; as the report of a run. */
    MigrationReport report();

    /** The plan that was carried out. */
    MigrationPlan plan();

    /** Everything that this migration needed beyond the defaults. */
    List<Adjustment> adjustments();

    /** What the real run will take. */
    Prediction prediction();

    /**
     * A SHA-256, in hex, over the schemas, rules, options and mappings, without the rows: if it differs, this is not
     * the migration that was rehearsed. Parallelism, listeners and the place of the backup do not count.
     */
    default String shape() {
        return TextDigest.sha256(shapeParts().stream().map(ShapePart::toString).collect(Collectors.joining("\n")));
    }

    /** What the shape is made of. */
    List<ShapePart> shapeParts();

    /** The results of the app's own tests; all that were called have passed. */
    List<SmokeTestResult> smokeTests();

    /** How a migration of these parts differs from this one; none if it may be run as it was rehearsed. */
    default List<ShapeDifference> differencesTo(List<ShapePart> now) {
        return ShapeDifference.between(shapeParts(), now);
    }

    /** What has changed since an earlier rehearsal of the same migration. */
    default RehearsalComparison comparedWith(Rehearsal earlier) {
        return new RehearsalComparison(Objects.requireNonNull(earlier, "earlier"), this);
    }

    /** The rehearsal as JSON. */
    default String toJson() {
        return RehearsalJson.write(this);
    }

    /** As one HTML file that needs nothing else: to be opened in a browser, printed, or sent to somebody. */
    default String toHtml() {
        return new RehearsalHtml(this).page();
    }

    /**
     * The rehearsal for people: will it work, what is lost, how long does it take, how much room does it need; then the
     * rest.
     */
    default String toText() {
        return new RehearsalText(this).toString();
    }

    /** The same as {@link #toText()}. */
    @Override
    String toString();
}
