#!/usr/bin/env bash
# sqlite-jdbc 3.54.1.0 with date_class=TEXT: a Time is stored with the date 1970-01-01, a Date with a time of day.
#
# Guess before the run: setTime writes "13:14:15" and setDate "2024-02-29".
# Seen: setTime writes "1970-01-01 13:14:15.000", setDate "2024-02-29 00:00:00.000", both in the JVM's zone. SQLite's own
# time('13:14:15') beside it in the same column sorts behind all of them. PostgreSQL takes such text for time and for date without
# a word and drops the other half; who reads the column by its declared type must know that the date 1970-01-01 means none.
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
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Time;
import java.util.TimeZone;

public class Finding {
    public static void main(String[] arguments) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Paris"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:?date_class=TEXT")) {
            connection.createStatement().execute("CREATE TABLE t (time_of_day time, day date)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
                insert.setTime(1, Time.valueOf("13:14:15"));
                insert.setDate(2, Date.valueOf("2024-02-29"));
                insert.execute();
            }
            try (ResultSet row = connection.createStatement().executeQuery("SELECT time_of_day || ' | ' || day FROM t")) {
                row.next();
                System.out.println("stored: " + row.getString(1));
            }
        }
    }
}
JAVA
output=$(java -cp 'lib/*' Finding.java 2>/dev/null)
echo "sqlite-jdbc 3.54.1.0, date_class=TEXT"
echo "$output"
grep -qx 'stored: 1970-01-01 13:14:15.000 | 2024-02-29 00:00:00.000' <<<"$output" ||
  { echo 'This is not what was seen before.' >&2; exit 1; }
