package dev.outgrow.internal.plan;

import com.google.common.collect.ImmutableList;
import dev.outgrow.option.CreatedSchema;
import dev.outgrow.option.Placement;
import dev.outgrow.option.TargetSchema;
import java.util.List;
import java.util.Optional;

/**
 * Where the caller wants tables to lie, and whether the server can do it.
 *
 * @param placements in the order given
 * @param citus whether the server is a coordinator of Citus; empty while there is no server to ask
 */
public record Distribution(List<Placement> placements, Optional<Boolean> citus) {
    /** All tables lie on a server without Citus. */
    public static final Distribution NONE = new Distribution(List.of(), Optional.of(false));

    public Distribution {
        placements = ImmutableList.copyOf(placements);
    }

    /** The caller's options for a schema. */
    public static Distribution of(TargetSchema schema, Optional<Boolean> citus) {
        return new Distribution(schema instanceof CreatedSchema created ? created.placements() : List.of(), citus);
    }
}
