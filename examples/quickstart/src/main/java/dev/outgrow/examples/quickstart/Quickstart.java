package dev.outgrow.examples.quickstart;

import dev.outgrow.Migration;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.option.TargetSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Moves a SQLite database to PostgreSQL, and prints the plan and the report. The system properties {@code quickstart.sqlite},
 * {@code quickstart.postgres}, {@code quickstart.schema} and {@code quickstart.accept} say what and where. Without the first, it
 * is the database of a small app that is written for the purpose; without the second, a PostgreSQL that is gone with the program.
 */
public final class Quickstart {
    /** How long the server may take to start, on a machine that has much else to do. */
    private static final Duration STARTUP = Duration.ofMinutes(2);

    private final PrintStream out;
    private final String sqlite;
    private final String postgres;
    private final String schema;
    private final String[] accepted;

    Quickstart(Properties choices, PrintStream out) {
        this.out = out;
        this.sqlite = choices.getProperty("quickstart.sqlite", "");
        this.postgres = choices.getProperty("quickstart.postgres", "");
        String wanted = choices.getProperty("quickstart.schema", "");
        this.schema = wanted.isEmpty() ? "public" : wanted;
        this.accepted = Stream.of(choices.getProperty("quickstart.accept", "").split(","))
                .map(String::strip)
                .filter(glob -> !glob.isEmpty())
                .toArray(String[]::new);
    }

    /** Ends the JVM with status 1 unless the run returned. */
    public static void main(String[] args) throws IOException, SQLException {
        // Names in the plan may be of any language, whatever the terminal's is.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int status = new Quickstart(System.getProperties(), out).run();
        if (status != 0) {
            System.exit(status);
        }
    }

    /** The exit status. */
    int run() throws IOException, SQLException {
        if (!sqlite.isEmpty()) {
            return migrateTo(Path.of(sqlite));
        }
        Path folder = Files.createTempDirectory("outgrow-quickstart");
        try {
            Path app = folder.resolve("app.db");
            SampleApp.write(app);
            return migrateTo(app);
        } finally {
            delete(folder);
        }
    }

    private int migrateTo(Path file) throws IOException {
        if (!postgres.isEmpty()) {
            return migrate(file, postgres);
        }
        out.println("No -Dpostgres=JDBC-URL: into a PostgreSQL that is started for this and thrown away.");
        out.println();
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().setPGStartupWait(STARTUP).start()) {
            return migrate(file, server.getJdbcUrl("postgres", "postgres"));
        }
    }

    private int migrate(Path file, String url) {
        try {
            Migration migration = Migration.from(file)
                    .to(url)
                    .into(TargetSchema.created(schema))
                    .accept(accepted);
            out.println(migration.plan());
            out.println(migration.run());
            return 0;
        } catch (MigrationException | IllegalArgumentException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    /** What lies in the folder was made here: the app's database, and the backup that the migration put beside it. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
