package dev.outgrow.internal.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of the journal. Each method works in the transaction of its connection, so that an event and what it
 * records are one.
 */
public final class Events {
    private Events() {}

    /**
     * Records an event; makes the journal if there is none.
     *
     * @param connection a session in a transaction
     * @param detail JSON, or null
     */
    public static void record(Connection connection, String migrationId, String name, @Nullable String detail)
            throws SQLException {
        Layout.ready(connection);
        String sql = "INSERT INTO outgrow.event (migration_id, event, detail) VALUES (?, ?, ?::pg_catalog.jsonb)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, migrationId);
            statement.setString(2, name);
            statement.setString(3, detail);
            statement.executeUpdate();
        }
    }

    /** All events, in the order in which they were recorded; none if there is no journal, or one of an older layout. */
    public static List<Event> all(Connection connection) throws SQLException {
        List<Event> events = new ArrayList<>();
        if (Layout.number(connection) < Layout.WITH_EVENTS) {
            return events;
        }
        String sql = "SELECT migration_id, event, happened_at, detail FROM outgrow.event ORDER BY id";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                events.add(new Event(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getObject(3, OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(rows.getString(4))));
            }
        }
        return events;
    }
}
