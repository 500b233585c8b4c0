package dev.outgrow.internal.plan;

import dev.outgrow.internal.postgres.TakenNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The names that a plan gives in its target schema, those that PostgreSQL makes up included. */
public final class WantedNames {
    private WantedNames() {}

    /**
     * That all of them are free.
     *
     * @param connection a session of the target
     */
    public static void demandFree(Connection connection, String schema, Blueprint blueprint) throws SQLException {
        List<String> relations = new ArrayList<>(blueprint.relations());
        List<String> typed = new ArrayList<>();
        for (TableBlueprint table : blueprint.tables()) {
            typed.add(table.targetName());
            table.identity()
                    .ifPresent(identity -> relations.add(TakenNames.sequence(table.targetName(), identity.column())));
        }
        blueprint.views().forEach(view -> typed.add(view.targetName()));
        new TakenNames(connection, schema).demandFree(relations, typed);
    }
}
