package dev.outgrow.typemap.internal.parse;

import com.google.common.collect.ImmutableList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array, taken apart.
 *
 * @param elements in the order in which PostgreSQL stores them, null for NULL
 * @param lengths of its dimensions, the outermost first; none if it is empty
 */
public record ArrayParts(List<@Nullable String> elements, List<Integer> lengths) {
    public ArrayParts {
        elements = Collections.unmodifiableList(elements);
        lengths = ImmutableList.copyOf(lengths);
    }

    /** An array of one dimension. */
    public static ArrayParts of(List<@Nullable String> elements) {
        return new ArrayParts(elements, elements.isEmpty() ? List.of() : List.of(elements.size()));
    }
}
