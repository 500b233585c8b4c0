package dev.outgrow.internal.created;

import dev.outgrow.internal.blueprint.Blueprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The search path for the names in the script while its tables are in the staging schema. */
final class ScriptPath {
    private static final String SCHEMA_OF_EXTENSION = """
            SELECT n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
             WHERE e.extname = ?""";

    private ScriptPath() {}

    /**
     * The schema of the tables, and those of the extensions. A table with the name of a system table, such as pg_class,
     * is found only if its schema comes before pg_catalog; otherwise pg_catalog comes first, as it does if a path does
     * not name it.
     */
    static List<String> of(Connection connection, Blueprint blueprint, String schema) throws SQLException {
        List<String> path = own(blueprint, schema);
        Set<String> others = new TreeSet<>();
        for (String extension : blueprint.extensions()) {
            try (PreparedStatement statement = connection.prepareStatement(SCHEMA_OF_EXTENSION)) {
                statement.setString(1, extension);
                try (ResultSet rows = statement.executeQuery()) {
                    if (rows.next()) {
                        others.add(rows.getString(1));
                    }
                }
            }
        }
        others.remove(schema);
        path.addAll(others);
        return path;
    }

    /** All but the schemas of the extensions. */
    static List<String> own(Blueprint blueprint, String schema) {
        List<String> path = new ArrayList<>(List.of(schema));
        if (blueprint.relations().stream().anyMatch(name -> name.startsWith("pg_"))) {
            path.add("pg_catalog");
        }
        return path;
    }
}
