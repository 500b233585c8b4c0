package dev.outgrow.internal.ahead;

import com.google.common.primitives.ImmutableLongArray;
import dev.outgrow.internal.blueprint.TableBlueprint;
import java.util.Optional;

/**
 * How a table differs between the state that was copied and the frozen one.
 *
 * @param table the table
 * @param former the rowids of rows of the earlier state that are gone or have other bytes
 * @param present the rowids of rows of the later state that are new or have other bytes
 * @param anew why it is loaded anew as a whole, as a clause; empty if it is not
 */
record TableChange(TableBlueprint table, ImmutableLongArray former, ImmutableLongArray present, Optional<String> anew) {
    static TableChange none(TableBlueprint table) {
        return new TableChange(table, ImmutableLongArray.of(), ImmutableLongArray.of(), Optional.empty());
    }

    static TableChange anew(TableBlueprint table, String why) {
        return new TableChange(table, ImmutableLongArray.of(), ImmutableLongArray.of(), Optional.of(why));
    }

    /** Whether the copied rows stay, and some of them differ. */
    boolean isOfRows() {
        return !former.isEmpty() || !present.isEmpty();
    }

    /** The name in the source. */
    String name() {
        return table.source().name();
    }
}
