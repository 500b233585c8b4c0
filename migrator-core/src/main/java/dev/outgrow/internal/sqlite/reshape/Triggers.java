package dev.outgrow.internal.sqlite.reshape;

import dev.outgrow.internal.sqlite.read.SqliteName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** The triggers of the copy, removed while changes are made for which they are not meant. */
final class Triggers {
    private final Map<String, String> texts = new LinkedHashMap<>();

    private Triggers() {}

    /** Removes all of them. */
    static Triggers takeAway(Connection copy) throws SQLException {
        Triggers triggers = new Triggers();
        try (Statement statement = copy.createStatement()) {
            try (ResultSet row = statement.executeQuery(
                    "SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger' ORDER BY rowid")) {
                while (row.next()) {
                    triggers.texts.put(row.getString(1), row.getString(2));
                }
            }
            for (String name : triggers.texts.keySet()) {
                statement.execute("DROP TRIGGER main." + SqliteName.quote(name));
            }
        }
        return triggers;
    }

    /** Recreates them. */
    void back(Connection copy) throws SQLException {
        try (Statement statement = copy.createStatement()) {
            for (String text : texts.values()) {
                statement.execute(text);
            }
        }
    }
}
