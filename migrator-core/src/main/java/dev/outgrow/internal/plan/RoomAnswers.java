package dev.outgrow.internal.plan;

import com.google.common.collect.ImmutableMap;
import dev.outgrow.typemap.Evidence;
import java.util.Map;
import java.util.Optional;

/**
 * The server's answers about rows that may be too long.
 *
 * @param asked whether it was asked; otherwise everything that may be too long counts as too long
 * @param refused the rows that it refuses, by the id of the notice
 */
public record RoomAnswers(boolean asked, Map<String, Evidence> refused) {
    /** There is no server yet. */
    public static final RoomAnswers NONE = new RoomAnswers(false, Map.of());

    public RoomAnswers {
        refused = ImmutableMap.copyOf(refused);
    }

    /** The rows that the server refuses. */
    Optional<Evidence> refused(String id) {
        return Optional.ofNullable(refused.get(id));
    }
}
