package dev.outgrow.validate.internal;

import com.google.common.collect.ImmutableSet;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection lent to code of the app: it can be questioned, and neither closed nor taken out of its transaction. */
final class ReadOnlyConnection {
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

    private ReadOnlyConnection() {}

    static Connection over(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                ReadOnlyConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
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
                        throw new SQLException("a check reads from this connection and does not " + name + " it");
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
