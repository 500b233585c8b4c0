package dev.outgrow.validate;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Objects;

/** The app's checks by their names, in the order in which they were added. Immutable. */
public final class Checks {
    private static final Checks NONE = new Checks(ImmutableMap.of());

    private final ImmutableMap<String, Check> byName;

    private Checks(ImmutableMap<String, Check> byName) {
        this.byName = byName;
    }

    /** No checks. */
    public static Checks none() {
        return NONE;
    }

    /**
     * These checks and one more.
     *
     * @param name how the report calls it
     * @param check the question
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Checks and(String name, Check check) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(check, "check");
        checkArgument(!name.isBlank(), "the name of a check is blank");
        checkArgument(!byName.containsKey(name), "there are two checks of the name '%s'", name);
        return new Checks(ImmutableMap.<String, Check>builder()
                .putAll(byName)
                .put(name, check)
                .buildOrThrow());
    }

    /** The checks by their names, in order. */
    public Map<String, Check> asMap() {
        return byName;
    }
}
