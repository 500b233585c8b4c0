package dev.outgrow.internal.postgres;

import com.google.common.base.Throwables;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;

/**
 * A statement, or one of the driver's interfaces beyond JDBC, whose calls that wait for the server are visible to a
 * {@link Pulse}.
 */
final class PulsingCalls implements InvocationHandler {
    /** The methods of statements and connections that wait for the server. */
    private static final Set<String> WAITING = Set.of(
            "execute",
            "executeQuery",
            "executeUpdate",
            "executeLargeUpdate",
            "executeBatch",
            "executeLargeBatch",
            "getMetaData",
            "getParameterMetaData",
            "commit",
            "rollback",
            "setAutoCommit",
            "setSavepoint",
            "releaseSavepoint",
            "setReadOnly",
            "setTransactionIsolation",
            "isValid",
            "getSchema");

    private final Object called;
    private final Pulse pulse;

    private PulsingCalls(Object called, Pulse pulse) {
        this.called = called;
        this.pulse = pulse;
    }

    /** Wraps what a connection's method returned, if it can wait for the server. */
    static @Nullable Object of(@Nullable Object returned, Pulse pulse) {
        if (returned instanceof CallableStatement) {
            return proxy(CallableStatement.class, returned, pulse);
        } else if (returned instanceof PreparedStatement) {
            return proxy(PreparedStatement.class, returned, pulse);
        } else if (returned instanceof Statement) {
            return proxy(Statement.class, returned, pulse);
        }
        return returned instanceof PGConnection ? proxy(PGConnection.class, returned, pulse) : returned;
    }

    private static Object proxy(Class<?> type, Object called, Pulse pulse) {
        return Proxy.newProxyInstance(
                PulsingCalls.class.getClassLoader(), new Class<?>[] {type}, new PulsingCalls(called, pulse));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
        if (method.getName().equals("getCopyAPI") && called instanceof BaseConnection connection) {
            return new PulsingCopies(connection, pulse);
        }
        return call(called, method, arguments, pulse);
    }

    /** Calls a method; throws what it throws. */
    static @Nullable Object call(Object called, Method method, Object @Nullable [] arguments, Pulse pulse)
            throws SQLException {
        return WAITING.contains(method.getName())
                ? pulse.during(() -> Optional.ofNullable(plainly(called, method, arguments)))
                        .orElse(null)
                : plainly(called, method, arguments);
    }

    private static @Nullable Object plainly(Object called, Method method, Object @Nullable [] arguments)
            throws SQLException {
        try {
            return method.invoke(called, arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            Throwables.throwIfInstanceOf(cause, SQLException.class);
            Throwables.throwIfUnchecked(cause);
            throw new IllegalStateException(cause);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
