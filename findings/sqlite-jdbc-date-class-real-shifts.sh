#!/usr/bin/env bash
# sqlite-jdbc 3.54.1.0 with date_class=REAL: a Timestamp is read back as another one wherever the JVM is not in UTC.
#
# Guess before the run: what setTimestamp writes, getTimestamp reads, as with the default date_class=INTEGER.
# Seen: in America/New_York 2024-02-29 23:14:15.123 is written as the Julian day of its instant in UTC (2460370.6765639237, which is
# right), and read back as 2024-03-01 04:14:15.123 of the JVM's zone: five hours later. A Time comes back shifted as well, and a
# second short. An app with this setting shows its users wrong times, or has learnt to live with them; the file is to be read
# as Julian days in UTC, whatever the app says that it sees.
#
# Needs a JDK 17 or newer and Maven. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for artifact in org.xerial:sqlite-jdbc:3.54.1.0 org.slf4j:slf4j-api:2.0.17; do
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$artifact" -DoutputDirectory="$folder/lib"
done
cat > Finding.java <<'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.TimeZone;

public class Finding {
    public static void main(String[] arguments) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:?date_class=REAL")) {
            connection.createStatement().execute("CREATE TABLE t (moment timestamp, time_of_day time)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
                insert.setTimestamp(1, Timestamp.valueOf("2024-02-29 23:14:15.123"));
                insert.setTime(2, Time.valueOf("13:14:15"));
                insert.execute();
            }
            try (ResultSet row = connection.createStatement().executeQuery(
                    "SELECT strftime('%F %H:%M:%f', moment), moment, time_of_day FROM t")) {
                row.next();
                System.out.println("SQLite says, in UTC: " + row.getString(1));
                System.out.println("read back: " + row.getTimestamp(2) + ", " + row.getTime(3));
            }
        }
    }
}
JAVA
output=$(java -cp 'lib/*' Finding.java 2>/dev/null)
echo "sqlite-jdbc 3.54.1.0, date_class=REAL, JVM in America/New_York, written: 2024-02-29 23:14:15.123, 13:14:15"
echo "$output"
grep -qx 'SQLite says, in UTC: 2024-03-01 04:14:15.123' <<<"$output" &&
  grep -qx 'read back: 2024-03-01 04:14:15.123, 18:14:14' <<<"$output" ||
  { echo 'This is not what was seen before.' >&2; exit 1; }
