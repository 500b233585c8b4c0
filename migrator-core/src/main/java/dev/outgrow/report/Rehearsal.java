package dev.outgrow.report;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import dev.outgrow.plan.MigrationPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A migration that was carried out for trial, and worked. Made by the library; use the accessors. Immutable. It holds no
 * password and no value of a row.
 *
 * <p>{@link #toString()} is for people: it begins with what they decide by. {@link #toJson()} is for keeping: {@code
 * Rehearsal.fromJson(rehearsal.toJson())} says the same, and {@code Migration.rehearsed} takes either.
 */
public final class Rehearsal {
    /** Where a migration was rehearsed. More may be added. */
    public enum Place {
        /** In the target itself, where it was taken back. */
        TARGET,
        /** In a database that the caller gave for it, where it stays. */
        DISPOSABLE,
        /** In a database that was made for it on the target's server, and dropped. */
        OWN_DATABASE
    }

    private final Place place;
    private final MigrationReport report;
    private final MigrationPlan plan;
    private final List<Adjustment> adjustments;
    private final Prediction prediction;
    private final List<ShapePart> shapeParts;
    private final List<SmokeTestResult> smokeTests;

    private Rehearsal(
            Place place,
            MigrationReport report,
            MigrationPlan plan,
            List<Adjustment> adjustments,
            Prediction prediction,
            List<ShapePart> shapeParts,
            List<SmokeTestResult> smokeTests) {
        this.place = place;
        this.report = report;
        this.plan = plan;
        this.adjustments = ImmutableList.copyOf(adjustments);
        this.prediction = prediction;
        this.shapeParts = ImmutableList.copyOf(shapeParts);
        this.smokeTests = ImmutableList.copyOf(smokeTests);
    }

    /** Made by the library. */
    public static Rehearsal of(
            Place place,
            MigrationReport report,
            MigrationPlan plan,
            List<Adjustment> adjustments,
            Prediction prediction,
            List<ShapePart> shapeParts,
            List<SmokeTestResult> smokeTests) {
        return new Rehearsal(place, report, plan, adjustments, prediction, shapeParts, smokeTests);
    }

    /**
     * The rehearsal that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if the text is no such rehearsal
     */
    public static Rehearsal fromJson(String json) {
        return RehearsalJson.read(Objects.requireNonNull(json, "json"));
    }

    /** Where it was rehearsed. */
    public Place place() {
        return place;
    }

    /** What was done, and how long it took; as the report of a run. */
    public MigrationReport report() {
        return report;
    }

    /** The plan that was carried out. */
    public MigrationPlan plan() {
        return plan;
    }

    /** Everything that this migration needed beyond the defaults. */
    public List<Adjustment> adjustments() {
        return adjustments;
    }

    /** What the real run will take. */
    public Prediction prediction() {
        return prediction;
    }

    /**
     * A SHA-256, in hex, over the schemas, rules, options and mappings, without the rows: if it is another, this is not the
     * migration that was rehearsed. How fast a migration goes, whom it tells and where the backup lies are no part of it.
     */
    public String shape() {
        return Hashing.sha256()
                .hashString(Joiner.on('\n').join(shapeParts), StandardCharsets.UTF_8)
                .toString();
    }

    /** What the shape is made of. */
    public List<ShapePart> shapeParts() {
        return shapeParts;
    }

    /** What came of the app's own tests; all that were called have passed. */
    public List<SmokeTestResult> smokeTests() {
        return smokeTests;
    }

    /** How a migration of these parts differs from this one; none if it may be run as it was rehearsed. */
    public List<ShapeDifference> differencesTo(List<ShapePart> now) {
        return ShapeDifference.between(shapeParts, now);
    }

    /** What has changed since an earlier rehearsal of the same migration. */
    public RehearsalComparison comparedWith(Rehearsal earlier) {
        return new RehearsalComparison(Objects.requireNonNull(earlier, "earlier"), this);
    }

    /** The rehearsal as JSON. */
    public String toJson() {
        return RehearsalJson.write(this);
    }

    /** As one HTML file that needs nothing else: to be opened in a browser, printed, or sent to somebody. */
    public String toHtml() {
        return new RehearsalHtml(this).page();
    }

    /** The rehearsal for people: will it work, what will be lost, how long will it take, how much room; and then the rest. */
    @Override
    public String toString() {
        return new RehearsalText(this).toString();
    }
}
