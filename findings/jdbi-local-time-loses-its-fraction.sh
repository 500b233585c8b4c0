#!/usr/bin/env bash
# JDBI 3.49.6 on SQLite: a LocalTime comes back without its fraction of a second, without an error.
#
# Guess before the run: a LocalTime of 13:14:15.123 is stored with its milliseconds, as a LocalDateTime is.
# Seen: JDBI binds a LocalTime as java.sql.Time made by Time.valueOf(LocalTime), which has whole seconds only; sqlite-jdbc then stores
# 47655000 (in UTC): milliseconds that always end in 000. The LocalDateTime beside it keeps its 123 ms. A file of such an app has
# times of day that look as if they were exact to the millisecond, and are not.
#
# Needs a JDK 17 or newer and Maven. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for artifact in org.jdbi:jdbi3-core:3.49.6 io.leangen.geantyref:geantyref:1.3.16 org.xerial:sqlite-jdbc:3.54.1.0 org.slf4j:slf4j-api:2.0.17; do
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$artifact" -DoutputDirectory="$folder/lib"
done
cat > Finding.java <<'JAVA'
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jdbi.v3.core.Jdbi;

public class Finding {
    public static void main(String[] arguments) {
        java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("UTC"));
        Jdbi jdbi = Jdbi.create("jdbc:sqlite:times.db");
        jdbi.useHandle(handle -> {
            handle.execute("CREATE TABLE t (time_of_day time, moment timestamp)");
            handle.execute(
                    "INSERT INTO t VALUES (?, ?)",
                    LocalTime.parse("13:14:15.123"),
                    LocalDateTime.parse("2024-02-29T13:14:15.123"));
            System.out.println("stored: "
                    + handle.createQuery("SELECT time_of_day || ' ' || moment FROM t").mapTo(String.class).one());
            System.out.println("read back: " + handle.createQuery("SELECT time_of_day FROM t").mapTo(LocalTime.class).one());
        });
    }
}
JAVA
output=$(java -cp 'lib/*' Finding.java 2>/dev/null)
echo "jdbi3-core 3.49.6, sqlite-jdbc 3.54.1.0"
echo "$output"
grep -qx 'stored: 47655000 1709212455123' <<<"$output" && grep -qx 'read back: 13:14:15' <<<"$output" ||
  { echo 'This is not what was seen before.' >&2; exit 1; }
