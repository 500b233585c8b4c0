package dev.outgrow.internal.notice;

import com.google.common.collect.ImmutableList;
import dev.outgrow.typemap.internal.text.NamePattern;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Names with {@code *} for any characters and {@code ?} for one; ASCII case does not matter, as in SQLite's names. */
public record Globs(List<String> globs) {
    /** None: no name matches. */
    public static final Globs NONE = new Globs(List.of());

    public Globs {
        globs = ImmutableList.copyOf(globs);
    }

    /**
     * These globs and more that a caller gave.
     *
     * @param what the name of the parameter, for a message
     * @throws NullPointerException if one of them is null
     */
    public Globs and(String[] more, String what) {
        for (String glob : Objects.requireNonNull(more, what)) {
            Objects.requireNonNull(glob, what);
        }
        return and(List.of(more));
    }

    /** These globs and more. */
    public Globs and(List<String> more) {
        return new Globs(
                ImmutableList.<String>builder().addAll(globs).addAll(more).build());
    }

    /** The first glob that the name matches. */
    public Optional<String> match(String name) {
        return globs.stream().filter(glob -> NamePattern.matches(glob, name)).findFirst();
    }

    public boolean matches(String name) {
        return match(name).isPresent();
    }

    @Override
    public String toString() {
        return String.join(", ", globs).toLowerCase(Locale.ROOT);
    }
}
