package dev.outgrow;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** A server that gives other answers to some questions: another engine behind PostgreSQL's protocol, as far as one can tell. */
final class TellingOtherwise {
    private TellingOtherwise() {}

    /**
     * The server, with one answer changed.
     *
     * @param question a part of the statements that are changed, or {@code url}
     * @param instead the statement that is run in their place, or the address that is told
     */
    static DataSource to(DataSource server, String question, String instead) {
        return proxy(
                DataSource.class,
                server,
                (method, arguments, result) ->
                        result instanceof Connection connection ? connection(connection, question, instead) : result);
    }

    /** The server, which gives no rows out in binary, with what CockroachDB says then (its issue 97180). */
    static DataSource withoutBinaryCopy(DataSource server) {
        return proxy(
                DataSource.class,
                server,
                (method, arguments, result) -> result instanceof Connection connection
                        ? proxy(
                                Connection.class,
                                connection,
                                (asked, none, told) -> told instanceof PGConnection driver ? copyless(driver) : told)
                        : result);
    }

    private static PGConnection copyless(PGConnection driver) {
        return proxy(PGConnection.class, driver, (method, arguments, result) -> {
            if (method.getName().equals("getCopyAPI")) {
                throw new SQLException("unimplemented: binary format for COPY TO not implemented", "0A000");
            }
            return result;
        });
    }

    private static Connection connection(Connection real, String question, String instead) {
        return proxy(Connection.class, real, (method, arguments, result) -> {
            if (result instanceof DatabaseMetaData facts && question.equals("url")) {
                return proxy(
                        DatabaseMetaData.class,
                        facts,
                        (asked, none, told) -> asked.getName().equals("getURL") ? instead : told);
            }
            return method.getName().equals("createStatement") && result instanceof Statement statement
                    ? statement(statement, question, instead)
                    : result;
        });
    }

    private static Statement statement(Statement real, String question, String instead) {
        return (Statement) Proxy.newProxyInstance(
                TellingOtherwise.class.getClassLoader(),
                new Class<?>[] {Statement.class},
                (proxy, method, arguments) -> {
                    if (arguments != null && arguments[0] instanceof String sql && sql.contains(question)) {
                        return call(real, method, new Object[] {instead});
                    }
                    return call(real, method, arguments);
                });
    }

    /** What becomes of an answer. */
    private interface Change {
        Object of(Method method, Object[] arguments, Object result) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T real, Change change) {
        return type.cast(Proxy.newProxyInstance(
                TellingOtherwise.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> change.of(method, arguments, call(real, method, arguments))));
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
