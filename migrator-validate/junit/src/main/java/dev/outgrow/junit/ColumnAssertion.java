package dev.outgrow.junit;

import dev.outgrow.typemap.PgType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** What a test says of a column in PostgreSQL, or of one value of it. Immutable; made by {@link MigrationAssertions}. */
public final class ColumnAssertion {
    private static final List<@Nullable Object> ONE_NULL = Collections.singletonList(null);

    private final MigratedFixture migrated;
    private final Place place;
    private final @Nullable String key;

    ColumnAssertion(MigratedFixture migrated, Place place) {
        this(migrated, place, null);
    }

    private ColumnAssertion(MigratedFixture migrated, Place place, @Nullable String key) {
        this.migrated = migrated;
        this.place = place;
        this.key = key;
    }

    /**
     * The same of the one value in the row with this key.
     *
     * @param keyValues the values of the primary key, in the order of its columns
     */
    public ColumnAssertion at(Object... keyValues) {
        String text = Stream.of(keyValues).map(String::valueOf).collect(Collectors.joining(", "));
        return new ColumnAssertion(migrated, place, keyValues.length == 1 ? text : "(" + text + ")");
    }

    /**
     * Asserts the type of the column.
     *
     * @throws AssertionFailedError if PostgreSQL has another one
     */
    public ColumnAssertion is(@Nullable PgType type) {
        if (type == null) {
            return is((Object) null);
        }
        if (!place.column().type().equals(type.sql())) {
            throw new AssertionFailedError(
                    String.format(
                            "%s is of the type %s, not %s: %s%n  to resolve it: %s",
                            place,
                            place.column().type(),
                            type.sql(),
                            place.column().reason(),
                            place.rule(LikelyRule.as(type))),
                    type.sql(),
                    place.column().type());
        }
        return this;
    }

    /**
     * Asserts the values of the column, in the order of the primary key, text by its bytes; of a table without one as the rows lie.
     *
     * @param values for times {@code Instant} or {@code OffsetDateTime} ({@code timestamptz}), {@code LocalDateTime} ({@code
     *     timestamp}), {@code LocalDate}, {@code LocalTime}; for numbers any {@code Number}, by its value; {@code Boolean}, {@code
     *     UUID}, {@code byte[]}; null for NULL; and for every type the {@code String} that PostgreSQL writes in UTC, such as {@code
     *     "2024-03-31 10:00:00+00"}
     * @throws AssertionFailedError if PostgreSQL has others, or more, or fewer
     */
    public ColumnAssertion is(@Nullable Object @Nullable ... values) {
        List<@Nullable Object> expected = values == null ? ONE_NULL : Arrays.asList(values);
        List<KeyedValue> actual = actual();
        List<Integer> wrong = IntStream.range(0, Math.min(expected.size(), actual.size()))
                .filter(i -> !ExpectedValue.isMet(expected.get(i), actual.get(i)))
                .boxed()
                .toList();
        if (!wrong.isEmpty() || expected.size() != actual.size()) {
            throw new AssertionFailedError(
                    text(expected, actual, wrong),
                    expected,
                    actual.stream().map(KeyedValue::text).toList());
        }
        return this;
    }

    private List<KeyedValue> actual() {
        ColumnValues all = migrated.inTarget(place);
        if (key == null) {
            return all.rows();
        }
        return List.of(all.at(key)
                .orElseThrow(() -> new AssertionFailedError("PostgreSQL has no row with the key " + key + " in table "
                        + place.table().name())));
    }

    private String text(List<@Nullable Object> expected, List<KeyedValue> actual, List<Integer> wrong) {
        ColumnValues inSource = migrated.inSource(place);
        StringBuilder text =
                new StringBuilder(place + " of the fixture " + migrated + " is not what the test expects:");
        if (expected.size() != actual.size()) {
            text.append(String.format(" %d values instead of %d", actual.size(), expected.size()));
        }
        List<LikelyRule.Example> examples = new ArrayList<>();
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            Optional<KeyedValue> source = inSource.at(actual.get(i).plainKey());
            Object wanted = expected.get(i);
            if (wanted != null && source.isPresent() && source.get().value() != null) {
                examples.add(new LikelyRule.Example(
                        Objects.requireNonNull(source.get().value()), wanted));
            }
            if (wrong.contains(i)) {
                text.append(String.format(
                        "%n  %s at %s:%n    expected    %s%n    PostgreSQL  %s%n    SQLite      %s",
                        place,
                        actual.get(i).key().isEmpty()
                                ? "row " + (i + 1)
                                : actual.get(i).plainKey(),
                        ExpectedValue.shown(wanted),
                        actual.get(i).shown(),
                        source.map(KeyedValue::shown).orElse("unknown: the rows have no key in common")));
            }
        }
        if (!wrong.isEmpty()) {
            text.append(String.format("%n  to resolve it: %s", LikelyRule.of(examples, place)));
        }
        return text.toString();
    }
}
