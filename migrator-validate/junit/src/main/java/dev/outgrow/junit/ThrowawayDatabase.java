package dev.outgrow.junit;

import javax.sql.DataSource;

/**
 * A database of one migration.
 *
 * @param server where it is
 * @param name its name
 * @param dataSource gives connections to it
 */
record ThrowawayDatabase(TestServer server, String name, DataSource dataSource) implements AutoCloseable {
    @Override
    public void close() {
        server.drop(name);
    }
}
