package dev.outgrow.validate.internal;

import com.google.common.base.Throwables;
import dev.outgrow.validate.Check;
import dev.outgrow.validate.CheckContext;
import dev.outgrow.validate.CheckFailedException;
import dev.outgrow.validate.CheckResult;
import dev.outgrow.validate.Checks;
import dev.outgrow.validate.internal.catalog.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The app's checks, asked one after another; each of them, whatever the results of the others. */
final class CheckRun {
    private record Databases(Connection sqlite, Connection postgres) implements CheckContext {}

    private final Checks checks;
    private final List<String> searchPath;

    CheckRun(Checks checks, List<String> searchPath) {
        this.checks = checks;
        this.searchPath = searchPath;
    }

    List<CheckResult> ask(Lane lane) throws SQLException, InterruptedException {
        List<CheckResult> results = new ArrayList<>();
        for (Map.Entry<String, Check> check : checks.asMap().entrySet()) {
            results.add(ask(check.getKey(), check.getValue(), lane));
        }
        return results;
    }

    private CheckResult ask(String name, Check check, Lane lane) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        Savepoint before = lane.postgres().setSavepoint();
        String message = "";
        Throwable cause = null;
        try {
            makeReadOnly(lane);
            check.ask(new Databases(LentConnection.over(lane.sqlite()), LentConnection.over(lane.postgres())));
        } catch (InterruptedException e) {
            throw e;
        } catch (CheckFailedException e) {
            message = e.reason();
            cause = e;
        } catch (Exception | AssertionError e) {
            message = describe(e);
            cause = e;
        } finally {
            lane.postgres().rollback(before);
            try (Statement statement = lane.sqlite().createStatement()) {
                statement.execute("PRAGMA query_only = OFF");
            }
        }
        return new CheckResult(name, cause == null, message, cause, Duration.ofNanos(System.nanoTime() - start));
    }

    /** A subtransaction may become read-only by itself; a rollback to its savepoint undoes that. */
    private void makeReadOnly(Lane lane) throws SQLException {
        try (Statement statement = lane.sqlite().createStatement()) {
            statement.execute("PRAGMA query_only = ON");
        }
        try (Statement statement = lane.postgres().createStatement()) {
            if (!searchPath.isEmpty()) {
                statement.execute("SET LOCAL search_path = "
                        + searchPath.stream().map(Quoting::quoted).collect(Collectors.joining(", ")));
            }
            statement.execute("SET TRANSACTION READ ONLY");
        }
    }

    /** What was thrown, without its text: messages of databases and assertions carry values. */
    private static String describe(Throwable thrown) {
        String state = sqlState(thrown);
        return "it threw " + thrown.getClass().getName() + (state == null ? "" : " (SQLState " + state + ")");
    }

    private static @Nullable String sqlState(Throwable thrown) {
        return Throwables.getCausalChain(thrown).stream()
                .filter(SQLException.class::isInstance)
                .map(e -> ((SQLException) e).getSQLState())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
