package dev.outgrow.typemap;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Texts that become others, as {@link ColumnSelection#mapping} names them; every other text stays as it is. Immutable and safe to
 * share between threads.
 */
public final class ValueMap {
    private final ImmutableMap<String, String> values;
    private final boolean ignoringCase;
    private final Map<String, String> forward = new HashMap<>();
    private final Map<String, String> back = new HashMap<>();
    private final Set<String> shared = new HashSet<>();

    private ValueMap(Map<String, String> values, boolean ignoringCase) {
        this.values = ImmutableMap.copyOf(values);
        this.ignoringCase = ignoringCase;
        this.values.forEach((from, to) -> {
            checkArgument(
                    forward.put(folded(from), to) == null,
                    "two texts of the mapping differ in case alone, such as %s",
                    from);
            checkArgument(to.indexOf('\0') < 0, "PostgreSQL keeps no text with the character NUL");
            if (back.put(to, from) != null) {
                shared.add(to);
            }
        });
    }

    /**
     * A map of texts.
     *
     * @param values what each text in SQLite becomes; a number counts as the text that SQLite prints for it
     */
    public static ValueMap of(Map<String, String> values) {
        return new ValueMap(Objects.requireNonNull(values, "values"), false);
    }

    /**
     * The same without regard to the case of the texts in SQLite.
     *
     * @throws IllegalArgumentException if two of them differ in case alone
     */
    public ValueMap ignoringCase() {
        return new ValueMap(values, true);
    }

    /** What each text becomes. */
    public Map<String, String> values() {
        return values;
    }

    /** Whether the case of a text in SQLite is ignored. */
    public boolean isIgnoringCase() {
        return ignoringCase;
    }

    /** What a text of SQLite becomes; empty if it stays as it is. */
    public Optional<String> of(String text) {
        return Optional.ofNullable(forward.get(folded(text)));
    }

    /**
     * Whether each result tells its origin: no two texts become equal. A text that stays as it is may still equal what
     * another becomes; the plan counts those.
     */
    public boolean hasWayBack() {
        return shared.isEmpty();
    }

    /** The text of SQLite that becomes this one; empty if none does, or more than one. */
    public Optional<String> back(String text) {
        return shared.contains(text) ? Optional.empty() : Optional.ofNullable(back.get(text));
    }

    /** Whether no text of SQLite can arrive as this one, because this one is replaced. */
    public boolean neverArrives(String text) {
        return !back.containsKey(text) && forward.containsKey(folded(text));
    }

    private String folded(String text) {
        return ignoringCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValueMap that && ignoringCase == that.ignoringCase && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values, ignoringCase);
    }

    @Override
    public String toString() {
        return values + (ignoringCase ? ", ignoring case" : "");
    }
}
