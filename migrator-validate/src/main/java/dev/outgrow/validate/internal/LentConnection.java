package dev.outgrow.validate.internal;

import com.google.common.base.MoreObjects;
import com.google.common.collect.ImmutableSet;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection lent to code of the app: it can be queried, but neither closed nor taken out of its transaction, on
 * which the whole migration may depend.
 */
final class LentConnection {
    private static final ImmutableSet<String> REFUSED = ImmutableSet.of(
            "commit",
            "rollback",
            "setAutoCommit",
            "setReadOnly",
            "setTransactionIsolation",
            "setSavepoint",
            "releaseSavepoint",
            "abort",
            "unwrap");

    /** Statements that begin, end or divide a transaction, anywhere in the text. */
    private static final Pattern TRANSACTION = Pattern.compile(
            "(?:^|;)(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*"
                    + "(?:commit|end|rollback|abort|begin|start\\s+transaction|prepare\\s+transaction|savepoint|release)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private LentConnection() {}

    static Connection over(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                LentConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, args) -> onConnection(connection, (Connection) proxy, method, args));
    }

    private static @Nullable Object onConnection(
            Connection connection, Connection proxy, Method method, Object @Nullable [] args) throws Throwable {
        String name = method.getName();
        if (name.equals("close")) {
            return null;
        }
        if (name.equals("isReadOnly")) {
            return true;
        }
        if (name.equals("isWrapperFor")) {
            return false;
        }
        if (REFUSED.contains(name)) {
            throw new SQLException("a check asks only; " + name + " is refused");
        }
        refuseTransactions(args);
        Object result = invoke(connection, method, args);
        return result instanceof Statement statement ? statement(statement, method.getReturnType(), proxy) : result;
    }

    private static Object statement(Statement statement, Class<?> type, Connection proxy) {
        InvocationHandler handler = (self, method, args) -> {
            if (method.getName().equals("getConnection")) {
                return proxy;
            }
            refuseTransactions(args);
            return invoke(statement, method, args);
        };
        return Proxy.newProxyInstance(LentConnection.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static void refuseTransactions(Object @Nullable [] args) throws SQLException {
        if (args != null
                && args.length > 0
                && args[0] instanceof String sql
                && TRANSACTION.matcher(sql).find()) {
            throw new SQLException("a check asks only; a statement that begins or ends a transaction is refused");
        }
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw MoreObjects.firstNonNull(e.getCause(), e);
        }
    }
}
