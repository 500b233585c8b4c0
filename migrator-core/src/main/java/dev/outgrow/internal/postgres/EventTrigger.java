package dev.outgrow.internal.postgres;

import com.google.common.collect.ImmutableList;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An enabled event trigger: somebody's code that runs when a statement makes, changes or drops something.
 *
 * @param name its name
 * @param owner the role that owns it
 * @param event when it runs, as the server calls it
 * @param commands the commands for which it runs; empty for all
 * @see <a href="https://www.postgresql.org/docs/current/event-triggers.html">PostgreSQL, "Event Triggers"</a>
 */
public record EventTrigger(String name, String owner, String event, List<String> commands) {
    /** Without the one of Citus, which updates its own catalog after a DROP. */
    private static final String ENABLED = """
            SELECT evtname, pg_catalog.pg_get_userbyid(evtowner), evtevent, coalesce(evttags, '{}'::text[])
              FROM pg_catalog.pg_event_trigger t
             WHERE evtenabled IN ('O', 'A')
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
                                WHERE d.classid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass AND d.objid = t.oid
                                  AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'
                                  AND e.extname = 'citus')
             ORDER BY 1""";

    public EventTrigger {
        commands = ImmutableList.copyOf(commands);
    }

    /** All event triggers that would run in one of our sessions. */
    public static List<EventTrigger> enabled(Connection connection) throws SQLException {
        List<EventTrigger> triggers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ENABLED)) {
            while (rows.next()) {
                Array tags = rows.getArray(4);
                triggers.add(new EventTrigger(
                        rows.getString(1), rows.getString(2), rows.getString(3), List.of((String[]) tags.getArray())));
            }
        }
        return triggers;
    }

    /** Whether it may run with one of these commands. */
    public boolean runsWith(Collection<String> itsCommands) {
        boolean ofStatements = event.startsWith("ddl_command_") || event.equals("sql_drop");
        return ofStatements && (commands.isEmpty() || commands.stream().anyMatch(itsCommands::contains));
    }
}
