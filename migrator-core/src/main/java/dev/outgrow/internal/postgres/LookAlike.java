package dev.outgrow.internal.postgres;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Engines that speak PostgreSQL's protocol and would break a law of a migration. They are recognised by what they say
 * about themselves; {@link SessionTrial} finds the others.
 */
enum LookAlike {
    COCKROACHDB(
            "CockroachDB",
            "CockroachDB",
            "",
            "advisory locks do nothing there, so that two instances of the app would migrate at once, and it has no binary COPY"
                    + " out, so that nothing that arrived could be compared"),
    AURORA_DSQL(
            "Amazon Aurora DSQL",
            "",
            "\\.dsql(-[a-z]+)?\\.[a-z0-9-]+\\.on\\.aws",
            "a transaction takes one DDL statement there, and it has no savepoints, temporary tables and foreign keys, so that a"
                    + " migration would be neither all nor nothing"),
    PGLITE(
            "PGlite",
            "\\bemcc\\b|[Ee]mscripten",
            "",
            "all of its connections are one session, so that locks keep nobody out and one transaction would see into another"),
    REDSHIFT(
            "Amazon Redshift",
            "\\bRedshift\\b",
            "",
            "primary keys, UNIQUE and foreign keys are not enforced there, so that they would be lost without a word");

    private final String title;
    private final Pattern version;
    private final Pattern url;
    private final String law;

    /**
     * An engine.
     *
     * @param version what only its {@code version()} contains; empty if the version does not identify it
     * @param url what only its addresses contain; empty if the address does not identify it
     * @param law what it would break, as a clause
     */
    LookAlike(String title, String version, String url, String law) {
        this.title = title;
        this.version = Pattern.compile(version);
        this.url = Pattern.compile(url);
        this.law = law;
    }

    /**
     * Checks that the server is none of them.
     *
     * @throws MigrationException naming the engine, and what it would break
     */
    static void demandNone(Connection connection) throws SQLException {
        Optional<LookAlike> found =
                of(version(connection), connection.getMetaData().getURL());
        if (found.isPresent()) {
            throw found.get().refusal();
        }
    }

    /** What a server says it is. */
    static String version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.version()")) {
            row.next();
            return row.getString(1);
        }
    }

    private static Optional<LookAlike> of(String version, String url) {
        return Arrays.stream(values())
                .filter(engine -> says(engine.version, version) || says(engine.url, url))
                .findFirst();
    }

    private static boolean says(Pattern pattern, String text) {
        return !pattern.pattern().isEmpty() && pattern.matcher(text).find();
    }

    private MigrationException refusal() {
        return new MigrationException(
                Reason.TARGET_UNFIT,
                "The target is " + title + ", which speaks PostgreSQL's protocol but is no PostgreSQL: " + law + ".",
                "migrate into a PostgreSQL server; from there, " + title + "'s own tools may take the data over.",
                null);
    }
}
