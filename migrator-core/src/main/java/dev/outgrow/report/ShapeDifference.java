package dev.outgrow.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a migration that has changed. Made by the library; use the accessors.
 *
 * @param kind what kind of part
 * @param name what it is called
 * @param before what it was; empty if it did not exist
 * @param now what it is; empty if it no longer exists
 */
public record ShapeDifference(ShapePart.Kind kind, String name, Optional<String> before, Optional<String> now) {
    private static final int LONGEST_SHOWN = 120;

    /** Every part that differs: first what is new or changed, in its present order, then what is gone. */
    static List<ShapeDifference> between(List<ShapePart> before, List<ShapePart> now) {
        Map<String, ShapePart> gone = new LinkedHashMap<>();
        before.forEach(part -> gone.put(part.kind() + " " + part.name(), part));
        List<ShapeDifference> differences = new ArrayList<>();
        for (ShapePart part : now) {
            ShapePart earlier = gone.remove(part.kind() + " " + part.name());
            if (earlier == null || !earlier.value().equals(part.value())) {
                differences.add(new ShapeDifference(
                        part.kind(),
                        part.name(),
                        Optional.ofNullable(earlier).map(ShapePart::value),
                        Optional.of(part.value())));
            }
        }
        gone.values()
                .forEach(part -> differences.add(
                        new ShapeDifference(part.kind(), part.name(), Optional.of(part.value()), Optional.empty())));
        return List.copyOf(differences);
    }

    /** The difference in a line. */
    @Override
    public String toString() {
        if (before.isEmpty()) {
            return name + ": new";
        }
        if (now.isEmpty()) {
            return name + ": gone";
        }
        return shown(before.get()) && shown(now.get())
                ? name + ": was " + before.get() + ", is " + now.get()
                : name + ": its definition is another";
    }

    private static boolean shown(String value) {
        return value.length() <= LONGEST_SHOWN && value.indexOf('\n') < 0;
    }
}
