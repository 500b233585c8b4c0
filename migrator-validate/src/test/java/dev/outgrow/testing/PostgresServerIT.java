package dev.outgrow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresServerIT {
    @Test
    void startsAServerWithSettingsOfItsOwnAndStopsIt() {
        String url;
        try (PostgresServer server = PostgresServer.embedded(Map.of("max_connections", "17"));
                TestDatabase database = server.freshDatabase()) {
            url = database.jdbcUrl();
            assertThat(database.value("SHOW max_connections")).isEqualTo("17");
        }
        assertThatThrownBy(() -> DriverManager.getConnection(url)).hasMessageContaining("refused");
    }
}
