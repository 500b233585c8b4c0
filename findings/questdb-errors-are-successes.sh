#!/usr/bin/env bash
# QuestDB 9.0.1 over the PostgreSQL protocol, pgjdbc 42.7.8: the SQLSTATE of its errors.
#
# Guess before the run: QuestDB takes the codes of PostgreSQL for the few errors that everyone asks for: 42601 for what is no statement,
# 42P01 for a missing table, 42P07 for one that exists already, 28P01 for a wrong password; or else one code of its own for all.
# Seen: each of them is an error with the SQLSTATE 00000, which the standard and PostgreSQL define as "successful completion". Code that
# decides by class (08 try again, 28 ask for the password, 42 give up) finds none, and code that takes 00 for success takes a refused
# password for a connection. Only the words of the message tell the errors apart.
#
# Needs Linux, a JDK 17 or newer and Maven; takes the free port 18812. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
for artifact in org.questdb:questdb:9.0.1 org.postgresql:postgresql:42.7.8; do
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$artifact" -DoutputDirectory="$folder/lib"
done
mkdir root
export QDB_PG_NET_BIND_TO=127.0.0.1:18812 QDB_HTTP_ENABLED=false QDB_HTTP_MIN_ENABLED=false QDB_LINE_TCP_ENABLED=false QDB_TELEMETRY_ENABLED=false
java -Xmx200m -p lib/questdb-9.0.1.jar -m io.questdb/io.questdb.ServerMain -d root > log 2>&1 &
server=$!
cat > Finding.java <<'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

public class Finding {
    private static final String URL = "jdbc:postgresql://127.0.0.1:18812/qdb";

    public static void main(String[] arguments) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE visits (number INT)");
            for (String sql : new String[] {
                "SELECT nothing FROM long_sequence(1)", "SELECT * FROM nowhere", "CREATE TABLE visits (number INT)",
                "INSERT INTO visits VALUES ('abc')"
            }) {
                try {
                    statement.execute(sql);
                    System.out.println("done: " + sql);
                } catch (SQLException e) {
                    System.out.println(e.getSQLState() + ": " + sql);
                }
            }
        }
        try (Connection connection = DriverManager.getConnection(URL, "admin", "wrong")) {
            System.out.println("done: a wrong password");
        } catch (SQLException e) {
            System.out.println(e.getSQLState() + ": a wrong password");
        }
    }

    private static Connection connect() throws Exception {
        for (int tries = 0; ; tries++) {
            try {
                return DriverManager.getConnection(URL, "admin", "quest");
            } catch (SQLException e) {
                if (tries == 60) {
                    throw e;
                }
                Thread.sleep(1000);
            }
        }
    }
}
JAVA
output=$(java -cp 'lib/postgresql-42.7.8.jar' Finding.java)
echo "QuestDB 9.0.1, pgjdbc 42.7.8"
echo "$output"
[ "$output" = "00000: SELECT nothing FROM long_sequence(1)
00000: SELECT * FROM nowhere
00000: CREATE TABLE visits (number INT)
00000: INSERT INTO visits VALUES ('abc')
00000: a wrong password" ] || { echo 'This is not what was seen before.' >&2; exit 1; }
