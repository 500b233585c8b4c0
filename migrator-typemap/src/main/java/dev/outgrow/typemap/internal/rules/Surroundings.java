package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.census.WayBack;
import java.util.function.Function;

/**
 * What the choice of types depends on beside the columns. Immutable.
 *
 * @param target what the types of the target can do
 * @param coreData whether the file is one of Apple's Core Data, whose times count from 2001
 * @param waysBack makes the proof of a mapping's way back, one for each thread
 */
public record Surroundings(TargetTypes target, boolean coreData, Function<TypeMapping, WayBack> waysBack) {
    /** An ordinary file, of which no way back is proved. */
    static Surroundings of(TargetTypes target) {
        return new Surroundings(target, false, mapping -> (source, field, offset, length) -> true);
    }
}
