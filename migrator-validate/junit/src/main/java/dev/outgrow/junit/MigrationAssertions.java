package dev.outgrow.junit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * Assertions about the migration of the {@link MigrationTest} that the calling thread is in. Failures show the table, the key, the
 * values in SQLite and PostgreSQL, and the Java line that would resolve them.
 *
 * <p>They may be called by a test, its set-up and its clean-up, and by threads that these start.
 */
public final class MigrationAssertions {
    private static final ThreadLocal<@Nullable MigratedFixture> CURRENT = new InheritableThreadLocal<>();

    private MigrationAssertions() {}

    static void begin(MigratedFixture migrated) {
        CURRENT.set(migrated);
    }

    static void end() {
        CURRENT.remove();
    }

    /**
     * Asserts that nothing was lost: no loss was accepted, every value was compared, and as both databases stand now every value
     * is equal, the schema is as it must be and the app's own checks hold. Rows that the test added to PostgreSQL do not matter.
     *
     * @param meant losses that are as the app wants them: ids of notices that it accepts, such as {@code "trigger:users_touch"},
     *     and {@code table.column} of columns whose converter has no way back; globs with {@code *}
     * @throws AssertionFailedError if anything else was lost; the message lists all of it
     */
    public static void assertNothingLost(String... meant) {
        MigratedFixture migrated = current();
        List<Pattern> globs = Stream.of(meant).map(MigrationAssertions::pattern).toList();
        List<String> lost = new Findings(
                        migrated,
                        name -> globs.stream()
                                .anyMatch(glob -> glob.matcher(name).matches()))
                .found();
        if (!lost.isEmpty()) {
            throw new AssertionFailedError(String.format(
                    "Not everything of the fixture %s is in PostgreSQL:%n%n%s",
                    migrated, String.join(String.format("%n%n"), lost)));
        }
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(
                Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /**
     * Begins an assertion about what became of a column.
     *
     * @param table the table, by its name in SQLite or PostgreSQL
     * @param column the column likewise
     * @throws AssertionFailedError if the migration has no such column
     */
    public static ColumnAssertion assertColumn(String table, String column) {
        MigratedFixture migrated = current();
        Optional<Place> place = PlannedNames.table(migrated.report().planned(), table)
                .flatMap(found -> PlannedNames.column(found, column).map(named -> new Place(found, named)));
        return new ColumnAssertion(
                migrated,
                place.orElseThrow(() -> new AssertionFailedError(String.format(
                        Locale.ROOT,
                        "The fixture %s has no column %s.%s that was migrated. There are: %s",
                        migrated,
                        table,
                        column,
                        migrated.report().planned().stream()
                                .flatMap(planned -> planned.columns().stream().map(each -> new Place(planned, each)))
                                .map(Place::toString)
                                .collect(Collectors.joining(", "))))));
    }

    private static MigratedFixture current() {
        MigratedFixture migrated = CURRENT.get();
        if (migrated == null) {
            throw new IllegalStateException("No test with @MigrationTest is running on this thread.");
        }
        return migrated;
    }
}
