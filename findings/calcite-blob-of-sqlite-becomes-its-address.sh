#!/usr/bin/env bash
# Apache Calcite 1.38.0, its adapter for JDBC, over a SQLite file through sqlite-jdbc 3.54.1.0: the values of a table.
#
# Guess before the run: a BLOB arrives as bytes and a BIGINT in eight bytes; an INTEGER, which sqlite-jdbc calls four bytes long, may be cut.
# Seen: a BLOB is a VARCHAR whose value is "[B@" and a number that differs from run to run: Java's name of the array in memory, in place
# of its bytes. BIGINT is INTEGER, too, and 9007199254740993 is 1; 3000000000 is -1294967296 and the text 'seven' 0. A DECIMAL(10,2) is a
# FLOAT. Nothing of it is an error. Whatever reads a file through
# Calcite, to query it or to copy it, sees rows without their pictures, and of integers the lower half.
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
    <dependency><groupId>org.apache.calcite</groupId><artifactId>calcite-core</artifactId><version>1.38.0</version></dependency>
    <dependency><groupId>org.xerial</groupId><artifactId>sqlite-jdbc</artifactId><version>3.54.1.0</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$folder/lib" >&2
cat > Finding.java <<'JAVA'
import java.sql.DriverManager;
import org.apache.calcite.adapter.jdbc.JdbcSchema;
import org.apache.calcite.jdbc.CalciteConnection;

public class Finding {
    public static void main(String[] arguments) throws Exception {
        try (var file = DriverManager.getConnection("jdbc:sqlite:app.db"); var statement = file.createStatement()) {
            statement.execute("CREATE TABLE visits (id INTEGER PRIMARY KEY, big BIGINT, number INTEGER, photo BLOB, price DECIMAL(10,2))");
            statement.execute("INSERT INTO visits VALUES (1, 9007199254740993, 3000000000, x'00ff', 12.25), (2, 5, 'seven', x'41', 1)");
        }
        var calcite = DriverManager.getConnection("jdbc:calcite:lex=JAVA").unwrap(CalciteConnection.class);
        var file = JdbcSchema.dataSource("jdbc:sqlite:app.db", "org.sqlite.JDBC", null, null);
        calcite.getRootSchema().add("file", JdbcSchema.create(calcite.getRootSchema(), "file", file, null, null));
        try (var rows = calcite.createStatement().executeQuery("SELECT big, number, photo, price FROM file.visits ORDER BY id")) {
            var columns = rows.getMetaData();
            while (rows.next()) {
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    System.out.print(columns.getColumnTypeName(i) + " " + rows.getObject(i) + (i < columns.getColumnCount() ? ", " : "\n"));
                }
            }
        }
    }
}
JAVA
output=$(java -cp 'lib/*' Finding.java 2> log) || { cat log >&2; exit 1; }
echo "Calcite 1.38.0, sqlite-jdbc 3.54.1.0"
echo "$output"
[ "$(sed 's/\[B@[0-9a-f]*/[B@?/' <<< "$output")" = 'INTEGER 1, INTEGER -1294967296, VARCHAR [B@?, FLOAT 12.25
INTEGER 5, INTEGER 0, VARCHAR [B@?, FLOAT 1.0' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
