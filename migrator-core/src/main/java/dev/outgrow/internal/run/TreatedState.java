package dev.outgrow.internal.run;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.reshape.AsideRows;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.MigrationOptions;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A state of the source as the migration reads it: after what the caller said of orphans, and of tables whose rows a query gives.
 *
 * @param snapshot to be read
 * @param queried the names of the tables whose rows a query gives
 * @param refused of those the ones whose query this state refuses, and why, as a clause
 * @param aside the orphans that are set aside
 * @param end lets go of what was made for it
 */
public record TreatedState(
        Snapshot snapshot, Set<String> queried, Map<String, String> refused, Optional<AsideRows> aside, Runnable end)
        implements AutoCloseable {
    public TreatedState {
        queried = ImmutableSet.copyOf(queried);
        refused = ImmutableMap.copyOf(refused);
    }

    /**
     * Treats a state of the source. Where nothing was said it is read as it is.
     *
     * @param state open longer than this
     */
    public static TreatedState of(MigrationOptions options, PgServer server, Snapshot state) {
        try {
            return Way.of(options).treated(server, state);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the target");
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
