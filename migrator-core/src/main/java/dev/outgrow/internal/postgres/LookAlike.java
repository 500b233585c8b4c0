package dev.outgrow.internal.postgres;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Engines that speak PostgreSQL's protocol and would break a law of a migration. They are recognised by what they say
 * about themselves; {@link EngineTrial} and {@link SessionTrial} find the others.
 *
 * <p>No option lets a caller go on all the same: whatever is refused breaks a law, and an engine that breaks none is a target.
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
    YUGABYTEDB(
            "YugabyteDB",
            "-YB-\\d",
            "",
            "each DDL statement commits by itself there, so that a migration would be neither all nor nothing") {
        @Override
        String setting() {
            return "yb_ddl_transaction_block_enabled";
        }

        @Override
        String help() {
            return "or turn on its transactional DDL, the flag ysql_yb_ddl_transaction_block_enabled of yb-tserver";
        }
    },
    PGLITE(
            "PGlite",
            "\\bPGlite\\b|\\bemcc\\b|[Ee]mscripten",
            "",
            "all of its connections are one session, so that locks keep nobody out and one transaction would see into another"),
    REDSHIFT(
            "Amazon Redshift",
            "\\bRedshift\\b",
            "",
            "primary keys, UNIQUE and foreign keys are not enforced there, so that they would be lost without a word"),
    QUESTDB(
            "QuestDB",
            "\\bQuestDB\\b",
            "",
            "it has no keys, no advisory locks and no session of its own for a connection, so that nothing keeps what a migration"
                    + " brings, nor two instances of the app apart"),
    CRATEDB(
            "CrateDB",
            "\\bCrateDB\\b",
            "",
            "it has no transactions and no foreign keys, so that a migration would be neither all nor nothing"),
    MATERIALIZE(
            "Materialize",
            "\\bMaterialize\\b",
            "",
            "primary keys, UNIQUE and foreign keys are not enforced there, so that they would be lost without a word"),
    RISINGWAVE(
            "RisingWave",
            "\\bRisingWave\\b",
            "",
            "it has no transactions that write and no foreign keys, so that a migration would be neither all nor nothing");

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

    /** The one that says so of itself. */
    static Optional<LookAlike> of(String version, String url) {
        return Arrays.stream(values())
                .filter(engine -> says(engine.version, version) || says(engine.url, url))
                .findFirst();
    }

    private static boolean says(Pattern pattern, String text) {
        return !pattern.pattern().isEmpty() && pattern.matcher(text).find();
    }

    /** The setting of the server that makes it keep the law; empty if there is none. */
    String setting() {
        return "";
    }

    /** What else would help, as a clause; empty if there is nothing. */
    String help() {
        return "";
    }

    MigrationException refusal() {
        return new MigrationException(
                Reason.TARGET_UNFIT,
                "The target is " + title + ", which speaks PostgreSQL's protocol but is not PostgreSQL: " + law + ".",
                "migrate into a PostgreSQL server; from there, " + title + "'s own tools may take the data over"
                        + (help().isEmpty() ? "" : ". " + capital(help())) + ".",
                null);
    }

    private static String capital(String clause) {
        return Character.toUpperCase(clause.charAt(0)) + clause.substring(1);
    }
}
