#!/usr/bin/env bash
# Files.setLastModifiedTime (JDK) on a SQLite database that the same JVM has locked through sqlite-jdbc 3.54.1.0: the lock is gone.
#
# Guess before the run: to set a time is a call by the file's name, as chmod is, and touches no lock.
# Seen: on Linux the JDK opens the file, sets the time by the descriptor, and closes it; and POSIX drops all locks that a process has on
# a file as soon as it closes any descriptor of it. The transaction that holds the write lock notices nothing, and another process gets the
# same lock beside it: both take themselves for the only writer. Files.setPosixFilePermissions and Files.getLastModifiedTime do no such
# thing. Whoever looks after a database file in the app's own process may not set its times, nor open and close it.
#
# Needs Linux, a JDK 17 or newer and Maven. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for artifact in org.xerial:sqlite-jdbc:3.54.1.0 org.slf4j:slf4j-api:2.0.17; do
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$artifact" -DoutputDirectory="$folder/lib"
done
cat > Finding.java <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

public class Finding {
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            System.out.println(locks());
            return;
        }
        Path file = Path.of("app.db");
        try (Connection app = DriverManager.getConnection("jdbc:sqlite:app.db");
                Statement statement = app.createStatement()) {
            statement.execute("CREATE TABLE t (x)");
            statement.execute("BEGIN IMMEDIATE");
            System.out.println("locked: " + anotherProcess());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            System.out.println("after setPosixFilePermissions: " + anotherProcess());
            Files.setLastModifiedTime(file, Files.getLastModifiedTime(file));
            System.out.println("after setLastModifiedTime: " + anotherProcess());
        }
    }

    private static String anotherProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp", "lib/*", "Finding.java", "other")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        process.waitFor();
        return said;
    }

    private static String locks() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:app.db");
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            statement.execute("BEGIN IMMEDIATE");
            return "another process gets the write lock too";
        } catch (SQLException e) {
            return "another process is kept out";
        }
    }
}
JAVA
output=$(java -cp 'lib/*' Finding.java 2>/dev/null)
echo "sqlite-jdbc 3.54.1.0, $(java -version 2>&1 | head -1)"
echo "$output"
[ "$output" = 'locked: another process is kept out
after setPosixFilePermissions: another process is kept out
after setLastModifiedTime: another process gets the write lock too' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
