package dev.outgrow.validate;

import java.util.Objects;

/**
 * The app's own question to both databases, asked after the copy: do the balances still add up, does every order have
 * its customer? Written as SQL with the methods of this interface, or in Java:
 *
 * <pre>{@code
 * Check ordersKeepTheirLines = databases -> {
 *     long before = OrderLines.count(databases.sqlite());
 *     long after = OrderLines.count(databases.postgres());
 *     if (before != after) {
 *         throw new CheckFailedException("order lines went missing");
 *     }
 * };
 * }</pre>
 *
 * <p>All checks of a run are asked, even after one has failed. A check that throws has failed.
 */
@FunctionalInterface
public interface Check {
    /**
     * Asks the question.
     *
     * @param databases both databases, read-only
     * @throws CheckFailedException if the answer is no; its message goes into the report, so keep values of rows out
     * @throws Exception if it could not be asked, which counts as a no; only the class of the exception is reported
     */
    void ask(CheckContext databases) throws Exception;

    /**
     * The same query gives the same rows in both databases, in whatever order. Numbers agree by value (doubles to twelve
     * digits, since sums depend on the order of their terms), a boolean of PostgreSQL agrees with 0 and 1, a time with the
     * ISO-8601 text of the same time.
     *
     * @param sql a query that both databases understand, of at most 100,000 rows
     */
    static Check sameResult(String sql) {
        return sameResult(sql, sql);
    }

    /**
     * Two queries give the same rows, as {@link #sameResult(String)} compares them.
     *
     * @param sqliteSql the query for SQLite, of at most 100,000 rows
     * @param postgresSql the query for PostgreSQL, of at most 100,000 rows
     */
    static Check sameResult(String sqliteSql, String postgresSql) {
        return new SameResult(
                Objects.requireNonNull(sqliteSql, "sqliteSql"), Objects.requireNonNull(postgresSql, "postgresSql"));
    }

    /**
     * A condition that holds in PostgreSQL.
     *
     * @param sql a query whose every row must be a single true; no row at all is a failure
     */
    static Check holds(String sql) {
        return new Holds(Objects.requireNonNull(sql, "sql"));
    }
}
