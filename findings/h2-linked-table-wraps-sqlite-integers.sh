#!/usr/bin/env bash
# H2 2.4.240, CREATE LINKED TABLE onto a SQLite file through sqlite-jdbc 3.54.1.0: what H2 reads of it.
#
# Guess before the run: INTEGER and BIGINT become H2's BIGINT, a blob arrives as bytes, and a value that does not fit is an error of H2, as
# everywhere else in H2: CAST(3000000000 AS INT) is one.
# Seen: sqlite-jdbc's getColumns() calls INTEGER and BIGINT alike Types.INTEGER, H2 makes an INTEGER of four bytes of both, and reads them
# by getInt(), which cuts off the upper half: 3000000000 is -1294967296, and 9007199254740993 and 4294967297 are both 1. Text in such a
# column is 0 and 1.5 is 1, a NUMERIC(10,2) is a double, and a BLOB is a character string in which each byte that is no UTF-8 became U+FFFD.
# CREATE TABLE ... AS SELECT carries all that on without an error or a warning. Other readers that trust getColumns() and getInt() do
# the same; by the storage class of each value (typeof) nothing is lost.
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
    <dependency><groupId>com.h2database</groupId><artifactId>h2</artifactId><version>2.4.240</version></dependency>
    <dependency><groupId>org.xerial</groupId><artifactId>sqlite-jdbc</artifactId><version>3.54.1.0</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >&2
cat > Finding.java <<'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

class Finding {
    public static void main(String[] arguments) throws Exception {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:app.db");
                Statement statement = file.createStatement()) {
            statement.execute("CREATE TABLE SALES(ID INTEGER PRIMARY KEY, AT INTEGER, REF BIGINT, PRICE NUMERIC(10,2), PHOTO BLOB)");
            statement.execute("INSERT INTO SALES VALUES (1, 3000000000, 9007199254740993, 12345678.25, x'00ff41')");
            statement.execute("INSERT INTO SALES VALUES (2, 1709212455123, 4294967297, 1, x'41'), (3, 'seven', 1.5, 'x', NULL)");
        }
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = h2.createStatement()) {
            statement.execute("CREATE LINKED TABLE linked('org.sqlite.JDBC', 'jdbc:sqlite:app.db', '', '', 'SALES')");
            statement.execute("CREATE TABLE copy AS SELECT * FROM linked");
            ResultSet column = statement.executeQuery("SELECT column_name, data_type FROM information_schema.columns"
                    + " WHERE table_name = 'COPY' ORDER BY ordinal_position");
            while (column.next()) {
                System.out.print(column.getString(1) + " " + column.getString(2) + "; ");
            }
            System.out.println();
            ResultSet row = statement.executeQuery("SELECT id, at, ref, price, RAWTOHEX(photo) FROM copy ORDER BY id");
            while (row.next()) {
                System.out.println(row.getString(1) + ": " + row.getString(2) + ", " + row.getString(3) + ", " + row.getString(4)
                        + ", " + row.getString(5));
            }
            try {
                statement.execute("SELECT CAST(3000000000 AS INTEGER)");
            } catch (java.sql.SQLException e) {
                System.out.println("CAST(3000000000 AS INTEGER): SQLSTATE " + e.getSQLState());
            }
        }
    }
}
JAVA
output=$(java -cp 'lib/*' Finding.java 2> log) || { cat log >&2; exit 1; }
echo "H2 2.4.240, sqlite-jdbc 3.54.1.0"
echo "$output"
[ "$output" = 'ID INTEGER; AT INTEGER; REF INTEGER; PRICE DOUBLE PRECISION; PHOTO CHARACTER VARYING; 
1: -1294967296, 1, 1.234567825E7, 0000fffd0041
2: -184528685, 1, 1.0, 0041
3: 0, 1, 0.0, null
CAST(3000000000 AS INTEGER): SQLSTATE 22003' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
