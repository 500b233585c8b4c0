package dev.outgrow.internal.plan;

import com.google.common.collect.ImmutableMap;
import dev.outgrow.typemap.Evidence;
import java.util.Map;
import java.util.Optional;

/**
 * What the server has said of rows that may be too long for it.
 *
 * @param asked whether it was asked; else what may be too long is taken for too long
 * @param refused the rows that it does not take, by the id of the notice
 */
public record RoomAnswers(boolean asked, Map<String, Evidence> refused) {
    /** There is no server yet. */
    public static final RoomAnswers NONE = new RoomAnswers(false, Map.of());

    public RoomAnswers {
        refused = ImmutableMap.copyOf(refused);
    }

    /** The rows that the server does not take. */
    Optional<Evidence> refused(String id) {
        return Optional.ofNullable(refused.get(id));
    }
}
