package dev.outgrow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainerServerIT {
    @Test
    void servesFreshDatabasesFromAContainer() {
        try (PostgresServer server = PostgresServer.inContainer();
                TestDatabase database = server.freshDatabase()) {
            assertThat(database.value("SHOW data_directory")).startsWith("/var/lib/postgresql");
            assertThat(database.value("SELECT current_database()")).isEqualTo(database.name());
        }
    }
}
