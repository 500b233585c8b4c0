package dev.outgrow.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test that asks for one a fresh PostgreSQL database, and drops it afterwards:
 *
 * <pre>{@code
 * @ExtendWith(TestPostgres.class)
 * class CopyIT {
 *     @Test
 *     void copiesEveryRow(TestDatabase database) { … }
 * }
 * }</pre>
 *
 * <p>The parameters of a test and of its {@code @BeforeEach} and {@code @AfterEach} methods are one and the same database; one
 * that a {@code @BeforeAll} method asks for lives as long as its class. A second database, or one with settings of its own, is
 * taken from {@link PostgresServer#shared()}.
 */
public final class TestPostgres implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(TestPostgres.class);

    /** Made by JUnit. */
    public TestPostgres() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public TestDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // A store also answers from the stores of the contexts around it, where another test's database must not be
        // found.
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(context.getUniqueId(), id -> new Lease(), Lease.class)
                .database;
    }

    private static final class Lease implements AutoCloseable {
        private final TestDatabase database = PostgresServer.shared().freshDatabase();

        @Override
        public void close() {
            database.close();
        }
    }
}
