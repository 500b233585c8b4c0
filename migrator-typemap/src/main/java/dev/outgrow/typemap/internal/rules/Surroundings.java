package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.census.ComingBack;
import java.util.function.Function;

/**
 * What the choice of types depends on in addition to the columns. Immutable.
 *
 * @param target what the types of the target can do
 * @param coreData whether the file is one of Apple's Core Data, whose times count from 2001
 * @param waysBack makes the proof of a mapping's way back, one for each thread
 * @param definitions the text of a column's definition in its CREATE TABLE, with constraints and comments
 */
public record Surroundings(
        TargetTypes target,
        boolean coreData,
        Function<TypeMapping, ComingBack> waysBack,
        Function<SourceColumn, String> definitions) {
    /** A file of which no definitions are known. */
    public Surroundings(TargetTypes target, boolean coreData, Function<TypeMapping, ComingBack> waysBack) {
        this(target, coreData, waysBack, column -> "");
    }

    /** An ordinary file, of which no way back is proved. */
    static Surroundings of(TargetTypes target) {
        return new Surroundings(target, false, mapping -> (source, field, offset, length) -> true);
    }
}
