package dev.outgrow.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPostgres.class)
class BulkSettingsIT {
    /** Only on a server of the same machine, as that of the tests is unless somebody names another. */
    @Test
    void sortsWithLittleMemoryUntilTheEndOfTheTransaction(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            assumeThat(asked(connection, "SELECT inet_client_addr() IS NOT DISTINCT FROM inet_server_addr()"))
                    .isEqualTo("t");
            BulkSettings.enoughMemory(connection, false);
            String enough = memory(connection);
            connection.setAutoCommit(false);
            BulkSettings.sortWithLittleWork(connection, 1_000, 1_000_000);
            assertThat(memory(connection)).isEqualTo("16MB").isNotEqualTo(enough);
            connection.rollback();
            assertThat(memory(connection)).isEqualTo(enough);
            BulkSettings.sortWithLittleWork(connection, 60_000_000, 1L << 29);
            assertThat(memory(connection)).as("so that few runs are merged").isEqualTo("58MB");
            connection.rollback();
        }
    }

    @Test
    void givesNoMoreThanThereIs(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET maintenance_work_mem = '8MB'");
            connection.setAutoCommit(false);
            BulkSettings.sortWithLittleWork(connection, 1_000, 1_000_000);
            assertThat(memory(connection)).isEqualTo("8MB");
            connection.rollback();
        }
    }

    private static String memory(Connection connection) throws SQLException {
        return asked(connection, "SHOW maintenance_work_mem");
    }

    private static String asked(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
