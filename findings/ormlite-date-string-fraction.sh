#!/usr/bin/env bash
# ORMLite 6.1, DataType.DATE_STRING with its default format: 123 milliseconds are written as ".000123".
#
# Guess before the run: the text has the milliseconds behind the point, ".123000" or ".123".
# Seen: the default pattern "yyyy-MM-dd HH:mm:ss.SSSSSS" goes to java.text.SimpleDateFormat, where S counts milliseconds and six
# letters only pad the number. So 13:14:15 and 123 ms is stored as "13:14:15.000123". Every other reader, PostgreSQL's timestamp
# input among them, takes that for 123 microseconds: a thousandth of what was meant. ORMLite itself reads it back as it was.
# Who moves such a column to a timestamp must take the six digits for milliseconds.
#
# Needs a JDK 17 or newer and Maven. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for artifact in com.j256.ormlite:ormlite-core:6.1 com.j256.ormlite:ormlite-jdbc:6.1 org.xerial:sqlite-jdbc:3.54.1.0 org.slf4j:slf4j-api:2.0.17; do
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$artifact" -DoutputDirectory="$folder/lib"
done
cat > Finding.java <<'JAVA'
import com.j256.ormlite.dao.Dao;
import com.j256.ormlite.dao.DaoManager;
import com.j256.ormlite.field.DataType;
import com.j256.ormlite.field.DatabaseField;
import com.j256.ormlite.jdbc.JdbcConnectionSource;
import com.j256.ormlite.table.TableUtils;
import java.sql.DriverManager;
import java.util.Date;

public class Finding {
    public static class Visit {
        @DatabaseField(id = true)
        public int id;

        @DatabaseField(dataType = DataType.DATE_STRING)
        public Date at;
    }

    public static void main(String[] arguments) throws Exception {
        java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("UTC"));
        String url = "jdbc:sqlite:visits.db";
        try (JdbcConnectionSource source = new JdbcConnectionSource(url)) {
            Dao<Visit, Integer> visits = DaoManager.createDao(source, Visit.class);
            TableUtils.createTable(source, Visit.class);
            Visit visit = new Visit();
            visit.id = 1;
            visit.at = new Date(1709212455123L);
            visits.create(visit);
            System.out.println("read back by ORMLite: " + visits.queryForId(1).at.getTime());
        }
        try (var connection = DriverManager.getConnection(url);
                var row = connection.createStatement().executeQuery("SELECT at FROM visit")) {
            row.next();
            System.out.println("stored: " + row.getString(1));
        }
    }
}
JAVA
output=$(java -Dcom.j256.simplelogging.level=WARNING -cp 'lib/*' Finding.java 2>/dev/null)
echo "ormlite-jdbc 6.1, sqlite-jdbc 3.54.1.0"
echo "$output"
grep -qx 'stored: 2024-02-29 13:14:15.000123' <<<"$output" && grep -qx 'read back by ORMLite: 1709212455123' <<<"$output" ||
  { echo 'This is not what was seen before.' >&2; exit 1; }
