package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.testing.Patience;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A migration says nothing to the log of whoever calls it: jOOQ greets with a banner and a tip, which we do without. */
@ExtendWith(TestPostgres.class)
class QuietLogIT {
    @TempDir
    Path folder;

    @Test
    void printsNothing(TestDatabase database) throws IOException, InterruptedException, SQLException {
        Path file = folder.resolve("app.db");
        SqliteFiles.write(
                file,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT CHECK (a GLOB 'x*'), b INT AS (id * 2) STORED)",
                "CREATE INDEX i ON t(lower(a)) WHERE b > 0",
                "CREATE VIEW v AS SELECT a, count(*) AS n FROM t GROUP BY a",
                "INSERT INTO t(a) VALUES ('x')");
        Path said = folder.resolve("said.txt");
        // Without slf4j, whose silent binding the tests have, jOOQ and the drivers log to java.util.logging.
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("slf4j"))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        RunInAnotherProcess.class.getName(),
                        file.toString(),
                        database.jdbcUrl(),
                        "run")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int status = Patience.exitOf(process);
        String output = Files.readString(said);
        assertThat(status).as(output).isZero();
        // The JVM itself has something to say of native libraries, in lines of their own.
        assertThat(output.lines())
                .filteredOn(line -> !line.isBlank() && !line.startsWith("WARNING: "))
                .isEmpty();
        assertThat(database.value("SELECT n FROM v")).isEqualTo("1");
    }
}
