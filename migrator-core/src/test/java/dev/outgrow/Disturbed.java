package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.progress.MigrationListener;
import dev.outgrow.progress.PhaseStarted;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What tests of runs that are cut off have in common: a source, what a target holds, what the journal has. */
final class Disturbed {
    /** How many random instants are tried; more of them are asked for with the system property. */
    static final int INSTANTS = Integer.getInteger("migrator.test.kills", 3);

    static final long SEED = Long.getLong("migrator.seed", 20261123);

    private Disturbed() {}

    /** So many posts that they are copied in two ranges. */
    static final int TWO_RANGES = 30_000;

    /** An app with two larger tables, some small ones, and all that follows the rows. */
    static Path source(Path file, int posts) {
        List<String> statements = new ArrayList<>(List.of(
                "CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE)",
                "CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INT NOT NULL REFERENCES users(id), body TEXT)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                        + " INSERT INTO users SELECT i, 'user ' || i FROM n",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + posts + ")"
                        + " INSERT INTO posts SELECT i, 1 + i % 5000, 'body ' || i || hex(zeroblob(450)) FROM n",
                "CREATE INDEX posts_user ON posts(user_id)",
                "CREATE VIEW names AS SELECT name FROM users WHERE id < 10"));
        for (int i = 0; i < 5; i++) {
            statements.add("CREATE TABLE small" + i + "(a INTEGER, b TEXT COLLATE NOCASE)");
            statements.add("INSERT INTO small" + i + " VALUES (1, 'x'), (1, 'x'), (NULL, 'Y')");
        }
        return SqliteFiles.write(file, statements.toArray(String[]::new));
    }

    /** Everything that schema public holds: its catalog, its rows, its sequences; and what else is there of a migration. */
    static List<String> content(TestDatabase database) {
        List<String> content = new ArrayList<>(TargetFacts.of(database));
        try (TestSession session = database.session()) {
            for (List<String> table : tables(session)) {
                String name = table.get(0);
                content.add(name + " "
                        + session.value("SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY"
                                + " t::text COLLATE \"C\")), '') FROM public.\"" + name + "\" t"));
            }
            for (String query : List.of(
                    "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1",
                    "SELECT extname, extnamespace::regnamespace FROM pg_extension ORDER BY 1",
                    "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'outgrow%' ORDER BY 1")) {
                session.rows(query).forEach(row -> content.add(row.toString()));
            }
        }
        return content;
    }

    @SuppressWarnings("NullAway") // the name of a relation is not null
    private static List<List<String>> tables(TestSession session) {
        return session
                .rows("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                        + " AND relkind IN ('r', 'v') ORDER BY 1")
                .stream()
                .map(row -> List.<String>of(row.get(0)))
                .toList();
    }

    /** What another process has printed. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Waits until the server has ended the sessions of whoever was at work, and with them what it was at. */
    static void awaitNobody(TestDatabase database) throws InterruptedException {
        String sessions = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'outgrow'"
                + " AND datname = current_database()";
        Patience.until("nobody is at work", () -> "0".equals(database.value(sessions)));
    }

    /** The steps that the journal has, with the transaction that recorded each. */
    static List<String> steps(TestDatabase database) {
        if (!"t".equals(database.value("SELECT to_regclass('outgrow.step') IS NOT NULL"))) {
            return List.of();
        }
        return database.rows("SELECT name || ' in transaction ' || xmin FROM outgrow.step").stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    /**
     * Runs to the end, and sees that nothing is done again that the journal had when it began; and nothing at all if what it had
     * was a finished run.
     */
    static void finish(Migration migration, TestDatabase database) throws InterruptedException {
        // What a session was at when its client died may still be committed.
        awaitNobody(database);
        boolean finished = isFinished(database);
        List<String> before = steps(database);
        List<List<String>> atTheEnd = new ArrayList<>();
        migration
                .listener(at(phase -> {
                    if (phase == Phase.VALIDATION) {
                        atTheEnd.add(steps(database));
                    }
                }))
                .run();
        if (finished) {
            assertThat(atTheEnd).as("of a run that was finished").isEmpty();
        } else {
            assertThat(atTheEnd)
                    .singleElement()
                    .satisfies(steps -> assertThat(steps).containsAll(before));
        }
    }

    private static boolean isFinished(TestDatabase database) {
        return "t".equals(database.value("SELECT to_regclass('outgrow.run') IS NOT NULL"))
                && !database.rows("SELECT 1 FROM outgrow.run WHERE finished_at IS NOT NULL")
                        .isEmpty();
    }

    /** A listener that does something when a phase begins. */
    static MigrationListener at(Consumer<Phase> what) {
        return new MigrationListener() {
            @Override
            public void phaseStarted(PhaseStarted event) {
                what.accept(event.phase());
            }
        };
    }
}
