#!/usr/bin/env bash
# Liquibase 5.0.1 with sqlite-jdbc 3.54.1.0: generateChangelog of a SQLite file, then updateSql of that changelog for PostgreSQL.
#
# Guess before the run: types and literal defaults arrive as declared, CURRENT_TIMESTAMP stays a function; the WHERE of an index may be lost.
# Seen: DECIMAL(10,2) is DECIMAL(12, 2) in the changelog and NUMERIC(6,5) is 11 digits wide: sqlite-jdbc's getColumns() gives the digits
# before and behind the point as two numbers and adds them up, so a limit that the app relied on has moved. Each quote in a default is
# doubled twice, once on the way out and once on the way in: 'l''hôtel' arrives as a default of l''''hôtel, and DEFAULT CURRENT_TIMESTAMP
# as the word "CURRENT_TIMESTAMP" in quotes, which every new row of the app gets. The unique index lost its WHERE and the other one its
# DESC. Beside its general advice to inspect a changelog, nothing speaks of any of it; the rows are right, so comparing rows shows nothing. A column declared TIMESTAMP, at the
# other end, stops the whole changelog: its size is taken for a fraction of 2000000000 digits.
#
# Needs a JDK 17 or newer and Maven. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.liquibase</groupId><artifactId>liquibase-core</artifactId><version>5.0.1</version></dependency>
    <dependency><groupId>info.picocli</groupId><artifactId>picocli</artifactId><version>4.7.7</version></dependency>
    <dependency><groupId>org.xerial</groupId><artifactId>sqlite-jdbc</artifactId><version>3.54.1.0</version></dependency>
  </dependencies>
</project>
XML
cat > Finding.java <<'JAVA'
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.CompositeResourceAccessor;
import liquibase.resource.DirectoryResourceAccessor;

public class Finding {
    public static void main(String[] arguments) throws Exception {
        PrintStream seen = new PrintStream("seen");
        changelog("rooms", """
                CREATE TABLE room (id INTEGER PRIMARY KEY, price DECIMAL(10,2), share NUMERIC(6,5),
                  sign TEXT DEFAULT 'l''hôtel', made TEXT DEFAULT CURRENT_TIMESTAMP, state TEXT);
                CREATE UNIQUE INDEX one_open ON room (sign) WHERE state = 'open';
                CREATE INDEX by_state ON room (state DESC);
                INSERT INTO room VALUES (41, 12.5, 0.12345, 'a', '2024-02-29 12:14:15', 'open')
                """);
        Scope.child(Map.of(Scope.Attr.resourceAccessor.name(), new CompositeResourceAccessor(
                new DirectoryResourceAccessor(Path.of(".")), new ClassLoaderResourceAccessor())), () -> {
            CommandScope update = new CommandScope("updateSql");
            update.addArgumentValue("url", "offline:postgresql?version=16&outputLiquibaseSql=none");
            update.addArgumentValue("changelogFile", "rooms.xml");
            update.setOutput(new PrintStream("rooms.sql"));
            update.execute();
        });
        for (String line : Files.readAllLines(Path.of("rooms.sql"))) {
            if (!line.startsWith("--") && !line.isEmpty()) {
                seen.println(line);
            }
        }
        try {
            changelog("visits", "CREATE TABLE visit (id INTEGER PRIMARY KEY, at TIMESTAMP)");
        } catch (Exception e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            seen.println(cause.getMessage().replaceAll(".*: ", ""));
        }
    }

    static void changelog(String name, String statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + name + ".db");
                Statement statement = connection.createStatement()) {
            for (String one : statements.split(";")) {
                statement.execute(one);
            }
        }
        CommandScope generate = new CommandScope("generateChangelog");
        generate.addArgumentValue("url", "jdbc:sqlite:" + name + ".db");
        generate.addArgumentValue("changelogFile", name + ".xml");
        generate.addArgumentValue("diffTypes", "tables,columns,indexes,primarykeys,uniqueconstraints,data");
        generate.execute();
    }
}
JAVA
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >&2
java -cp 'lib/*' Finding.java &> log || { cat log >&2; exit 1; }
if grep WARN log >&2; then exit 1; fi
output=$(< seen)
echo "Liquibase 5.0.1, sqlite-jdbc 3.54.1.0, for PostgreSQL 16"
echo "$output"
[ "$output" = "CREATE TABLE room (id INTEGER NOT NULL, price DECIMAL(12, 2), share numeric(11, 5), sign TEXT DEFAULT 'l''''''''hôtel', made TEXT DEFAULT 'CURRENT_TIMESTAMP', state TEXT, CONSTRAINT room_pkey PRIMARY KEY (id));
INSERT INTO room (id, price, share, sign, made, state) VALUES (41, 12.5, 0.12345, 'a', '2024-02-29 12:14:15', 'open');
CREATE INDEX by_state ON room(state);
CREATE UNIQUE INDEX one_open ON room(sign);
A timestamp datatype with 2000000000 fractional digits was requested, but SQLite only supports 9 digits." ] ||
  { echo 'This is not what was seen before.' >&2; exit 1; }
