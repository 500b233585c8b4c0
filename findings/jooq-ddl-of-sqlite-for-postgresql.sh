#!/usr/bin/env bash
# jOOQ 3.19.38 with sqlite-jdbc 3.54.1.0: the DDL of a SQLite schema, read by meta().ddl() and rendered for PostgreSQL; and the values.
#
# Guess before the run: INTEGER becomes an int of four bytes; a CHECK and the WHERE of a partial index get lost; UNIQUE, lengths and digits
# arrive, and values are read as they are.
# Seen: the CHECK is gone, and the partial unique index is one for all rows: of the open and the closed bookings of a seat PostgreSQL admits
# one, where SQLite admitted one open one. DECIMAL(10,2) becomes numeric(12, 2), and REAL a "real" of four bytes, which is also how jOOQ
# reads it: 0.30000000000000004 is the float 0.3, 1e300 is Infinity. Of six digits behind the second three are read. It says nothing of
# any of this. So some rules of the app are no longer kept, one is stricter than before, and numbers that are copied by jOOQ's own
# types are others.
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
    <dependency><groupId>org.jooq</groupId><artifactId>jooq</artifactId><version>3.19.38</version></dependency>
    <dependency><groupId>org.xerial</groupId><artifactId>sqlite-jdbc</artifactId><version>3.54.1.0</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$folder/lib" >&2
cat > Finding.java <<'JAVA'
import java.sql.DriverManager;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

public class Finding {
    public static void main(String[] arguments) throws Exception {
        try (var file = DriverManager.getConnection("jdbc:sqlite:app.db"); var statement = file.createStatement()) {
            statement.execute("CREATE TABLE booking (id INTEGER PRIMARY KEY, code TEXT UNIQUE, seat VARCHAR(9), closed BOOLEAN,"
                    + " price DECIMAL(10,2) CHECK (price >= 0), rating REAL, made DATETIME)");
            statement.execute("CREATE UNIQUE INDEX one_open ON booking(seat) WHERE closed = 0");
            statement.execute("INSERT INTO booking VALUES (1, 'a', '7b', 0, 1, 0.30000000000000004, '2024-02-29 13:14:15.123456'),"
                    + " (2, 'b', '7b', 1, 1, 1e300, '2024-02-29 13:14:15')");
            var from = DSL.using(file, SQLDialect.SQLITE);
            var to = DSL.using(SQLDialect.POSTGRES);
            for (var query : from.meta().ddl().queries()) {
                System.out.println(to.render(query));
            }
            System.out.print(from.fetch("SELECT rating, made FROM booking").formatCSV(false));
        }
    }
}
JAVA
output=$(java -Dorg.jooq.no-logo=true -Dorg.jooq.no-tips=true -cp 'lib/*' Finding.java 2> log) || { cat log >&2; exit 1; }
echo "jOOQ 3.19.38, sqlite-jdbc 3.54.1.0"
echo "$output"
[ "$output" = 'create table "booking" ("id" int, "code" text, "seat" varchar(9), "closed" boolean, "price" numeric(12, 2), "rating" real, "made" timestamp, primary key ("id"), constraint "uk_booking_1_5054175" unique ("code"))
create unique index "one_open" on "booking"("seat" asc)
0.3,2024-02-29 13:14:15.123
Infinity,2024-02-29 13:14:15.0' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
