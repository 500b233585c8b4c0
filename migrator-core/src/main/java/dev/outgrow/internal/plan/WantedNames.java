package dev.outgrow.internal.plan;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.postgres.TakenNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The names that a plan uses in its target schema, including those that PostgreSQL generates.
 *
 * @param relations the names of tables, views, indexes and sequences
 * @param typed those of tables and views
 */
public record WantedNames(List<String> relations, List<String> typed) {
    public WantedNames {
        relations = ImmutableList.copyOf(relations);
        typed = ImmutableList.copyOf(typed);
    }

    public static WantedNames of(Blueprint blueprint) {
        List<String> relations = new ArrayList<>(blueprint.relations());
        List<String> typed = new ArrayList<>();
        for (TableBlueprint table : blueprint.tables()) {
            typed.add(table.targetName());
            table.identity()
                    .ifPresent(identity -> relations.add(TakenNames.sequence(table.targetName(), identity.column())));
        }
        blueprint.views().forEach(view -> typed.add(view.targetName()));
        return new WantedNames(relations, typed);
    }

    /**
     * Checks that all of them are free.
     *
     * @param connection a session of the target
     */
    public void demandFree(Connection connection, String schema) throws SQLException {
        new TakenNames(connection, schema).demandFree(relations, typed);
    }
}
