package dev.outgrow.option;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Objects;

/** Checks names that a caller gave. */
final class GivenNames {
    private GivenNames() {}

    /** The name, which must not be null or empty. */
    static String one(String name, String what) {
        Objects.requireNonNull(name, what);
        checkArgument(!name.isEmpty(), "%s is empty", what);
        return name;
    }

    /** The names, of which none may be null or empty. */
    static List<String> all(String[] names, String what) {
        ImmutableList.Builder<String> all = ImmutableList.builder();
        for (String name : Objects.requireNonNull(names, what)) {
            all.add(one(name, what));
        }
        return all.build();
    }
}
